import { CentralEvent } from '#model/case-event';
import { runQuery, type Tables } from './database.ts';
import type { SyncStatus } from './sync-status.ts';

type AttentionRecord = SyncStatus['attention']['records'][number];

export type Receipts = {
  /** Our own events that the centre stored and did not apply, and files that it refused. */
  records(): readonly AttentionRecord[];
  codeOf(caseId: string): string | null;
  read(): Promise<void>;
  rejected(): readonly CentralEvent[];
  fileRefused(sha256: string, code: string, at: number): void;
  fileSent(sha256: string): void;
};

/** What the centre said of our events, read from its own stream and from nothing else. */
export function createReceipts(tables: Tables, device: string): Receipts {
  let rejected: CentralEvent[] = [];
  let events: AttentionRecord[] = [];
  const files = new Map<string, AttentionRecord>();
  const byCase = new Map<string, string>();

  return {
    records: () => [...events, ...files.values()],
    codeOf: (caseId) => byCase.get(caseId) ?? null,
    rejected: () => rejected,
    async read() {
      const rows = await runQuery(
        tables.events.find({ selector: { marked: 'rejected' }, index: ['marked'] as never }),
      );
      const own = rows.map((it) => it.toJSON()).filter((it) => it.device === device);
      events = own.map(({ event, ...row }) => {
        const it = event as Partial<CentralEvent>;
        const code = it.code ?? 'rejected';
        return { caseId: row.caseId, eventId: it.id ?? '', n: row.n, code, at: it.at ?? 0 };
      });
      rejected = own.flatMap((it) => {
        const parsed = CentralEvent.safeParse(it.event);
        return parsed.success ? [parsed.data as CentralEvent] : [];
      });
      byCase.clear();
      for (const it of events) byCase.set(it.caseId, it.code);
    },
    fileRefused(sha256, code, at) {
      files.set(sha256, { caseId: '', eventId: sha256, n: 0, code, at });
    },
    fileSent(sha256) {
      files.delete(sha256);
    },
  };
}
