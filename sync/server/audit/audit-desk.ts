import { toCanonicalJson } from '#protocol/chain';
import { isStatementOf } from '../auth/signatures.ts';
import type { Query } from '../store/sql.ts';

const AT_ONCE = 2_000;

/** Numbers `from` to `to` of a desk's events. */
export type Span = { from: number; to: number };

export type DeskAudit = {
  device: string;
  desk: string;
  /** `null`: of before desks had keys. */
  key: string | null;
  enrolledAt: number;
  lastN: number;
  /** Numbers that are missing, doubled or behind the last that the desk was told of. */
  gaps: number[];
  /** Signatures that are not of what is stored. */
  bad: Span[];
  /** Of which no signature speaks that is good: offered by another desk after a restore, or written by somebody else. */
  unsigned: Span[];
};

type Desk = { device_id: string; desk: string; key: string | null; enrolled_at: number; last_n: number };
type Signed = { from_n: number; to_n: number; signature: string };

/** Every desk of a centre: whether its numbers are whole, and each of its events stands as it has signed it. */
export async function auditDesks(query: Query, centreId: number): Promise<DeskAudit[]> {
  const desks = await query.query<Desk>(
    'select device_id, desk, key, enrolled_at, last_n from device where centre_id = $1 order by desk_number',
    [centreId],
  );
  const audits: DeskAudit[] = [];
  for (const it of desks) audits.push(await auditDesk(query, centreId, it));
  return audits;
}

async function auditDesk(query: Query, centreId: number, row: Desk): Promise<DeskAudit> {
  const { device_id: device, desk, key, enrolled_at: enrolledAt, last_n: lastN } = row;
  const gaps: number[] = [];
  const proof = createProof(device, key, await readStatements(query, centreId, device));
  let last = 0;
  for await (const { n, text } of readTexts(query, centreId, device)) {
    if (n !== last + 1) gaps.push(last + 1);
    last = n;
    proof.add(n, text);
  }
  if (last !== lastN) gaps.push(last + 1);
  return { device, desk, key, enrolledAt, lastN, gaps, ...proof.end() };
}

function readStatements(query: Query, centreId: number, device: string): Promise<Signed[]> {
  return query.query<Signed>(
    'select from_n, to_n, signature from statement where centre_id = $1 and device_id = $2 order by from_n, to_n',
    [centreId, device],
  );
}

/** What the desk had sent, in the order of its numbers. */
async function* readTexts(
  query: Query,
  centreId: number,
  device: string,
): AsyncGenerator<{ n: number; text: string }> {
  for (let last = 0; ; ) {
    const rows = await query.query<{ n: number; sent: unknown }>(
      `select n, coalesce(raw, event) as sent from event where centre_id = $1 and device_id = $2 and n > $3
        order by n limit $4`,
      [centreId, device, last, AT_ONCE],
    );
    for (const { n, sent } of rows) yield { n, text: toCanonicalJson(sent) };
    if (rows.length < AT_ONCE) return;
    last = rows.at(-1)?.n ?? last;
  }
}

/** Holds no more texts than the open statements speak of. */
function createProof(device: string, key: string | null, statements: readonly Signed[]) {
  const bad: Span[] = [];
  const good: Span[] = [];
  const waiting = [...statements];
  const open: { of: Signed; texts: string[] }[] = [];
  let last = 0;

  function close(of: Signed, texts: readonly string[]): void {
    const span = { from: of.from_n, to: of.to_n };
    const statement = { device, from: of.from_n, texts, signature: of.signature };
    const isWhole = texts.length === of.to_n - of.from_n + 1;
    if (key !== null && isWhole && isStatementOf(key, statement)) good.push(span);
    else bad.push(span);
  }

  return {
    add(n: number, text: string): void {
      last = n;
      while (waiting[0] !== undefined && waiting[0].from_n <= n) {
        open.push({ of: waiting.shift() as Signed, texts: [] });
      }
      for (const it of open) it.texts.push(text);
      for (const it of open.filter(({ of }) => of.to_n <= n)) {
        close(it.of, it.texts);
        open.splice(open.indexOf(it), 1);
      }
    },
    end(): Pick<DeskAudit, 'bad' | 'unsigned'> {
      for (const it of open) close(it.of, it.texts);
      for (const of of waiting) close(of, []);
      return { bad, unsigned: findUncovered(good, last) };
    },
  };
}

/** What of 1 to `last` is in none of the spans. */
export function findUncovered(spans: readonly Span[], last: number): Span[] {
  const uncovered: Span[] = [];
  let next = 1;
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    if (from > next) uncovered.push({ from: next, to: Math.min(from - 1, last) });
    next = Math.max(next, to + 1);
  }
  if (next <= last) uncovered.push({ from: next, to: last });
  return uncovered.filter((it) => it.from <= it.to);
}
