import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Case } from '#model/case';
import type { CaseEvent, CentralEvent } from '#model/case-event';
import { ruleOf } from '#model/field-rules';
import { foldCase } from '#model/project-case';
import { nextChain, toCanonicalJson } from '#protocol/chain';
import type { TestCentral } from './central.ts';
import { getService } from './seed.ts';

type EventRow = {
  centre_id: number;
  seq: number;
  device_id: string;
  n: number;
  event_id: string;
  case_id: string;
  status: string;
  code: string | null;
  event: CaseEvent;
};

export async function readEvents(central: TestCentral): Promise<EventRow[]> {
  return central.sql<EventRow>(
    `select centre_id, seq, device_id, n, event_id, case_id, status, code, event from event order by centre_id, seq`,
  );
}

export async function readCases(central: TestCentral): Promise<Case[]> {
  const rows = await central.sql<{ doc: Case }>('select doc from case_doc');
  return rows.map((it) => it.doc).sort((a, b) => (a.number < b.number ? -1 : 1));
}

/**
 * Everything that must hold at the centre whatever happened on the way, read past the server; no faults: `[]`.
 *
 * Each (device, n) once and without gaps, event ids once, numbers of the stream dense and chained, each case the
 * fold of its events, case numbers once, every named file there byte for byte.
 */
export async function findCentralFaults(central: TestCentral): Promise<string[]> {
  const events = await readEvents(central);
  const faults = [
    ...repeated(
      events.map((it) => it.event_id),
      'event id',
    ),
  ];
  for (const rows of groups(events, (it) => it.device_id))
    faults.push(
      ...gaps(
        rows.map((it) => it.n),
        `${rows[0]?.device_id} n`,
      ),
    );
  for (const rows of groups(events, (it) => String(it.centre_id))) {
    const name = `stream of ${rows[0]?.centre_id}`;
    faults.push(
      ...gaps(
        rows.map((it) => it.seq),
        `${name} seq`,
      ),
      ...(await chainFaults(central, rows, name)),
    );
  }
  faults.push(...(await caseFaults(central, events)), ...(await fileFaults(central, events)));
  return faults;
}

async function chainFaults(central: TestCentral, rows: readonly EventRow[], name: string): Promise<string[]> {
  const chain = rows.reduce((held: Uint8Array, row) => nextChain(held, toCentral(row)), new Uint8Array());
  const streams = await central.sql<{ head: number; chain: string }>(
    `select head, chain from stream where centre_id = $1 and coll = 'events'`,
    [rows[0]?.centre_id],
  );
  const wanted = { head: rows.length, chain: Buffer.from(chain).toString('base64') };
  return toCanonicalJson(streams[0]) === toCanonicalJson(wanted) ? [] : [`${name}: head or chain`];
}

function toCentral({ seq, status, code, event }: EventRow): CentralEvent {
  return { ...event, seq, status, ...(code === null ? {} : { code }) } as CentralEvent;
}

async function caseFaults(central: TestCentral, events: readonly EventRow[]): Promise<string[]> {
  const cases = await readCases(central);
  const faults = repeated(
    cases.map((it) => it.number),
    'case number',
  );
  const ids = new Set(events.map((it) => it.case_id));
  if (cases.length !== ids.size) faults.push(`${cases.length} cases of events of ${ids.size}`);
  for (const it of cases) {
    const service = getService(it.serviceCode);
    const own = events.filter((row) => row.case_id === it.id).map((row) => row.event);
    const folded = foldCase(own, { centreId: it.centreId, ruleOf: (path) => ruleOf(service, path) });
    if (toCanonicalJson(folded) !== toCanonicalJson(it)) faults.push(`case ${it.number} is not its events`);
  }
  return faults;
}

async function fileFaults(central: TestCentral, events: readonly EventRow[]): Promise<string[]> {
  const stored = await central.sql<{ centre_id: number; sha256: string; bytes: number }>(
    'select centre_id, sha256, bytes from file',
  );
  const faults: string[] = [];
  for (const { centre_id, event } of events) {
    if (event.type !== 'document.attached') continue;
    const { sha256, bytes, name } = event.body;
    const row = stored.find((it) => it.centre_id === centre_id && it.sha256 === sha256);
    const path = join(central.data, 'files', String(centre_id), sha256.slice(0, 2), sha256);
    const content = await readFile(path).catch(() => Buffer.alloc(0));
    const isWhole = content.length === bytes && createHash('sha256').update(content).digest('hex') === sha256;
    if (row?.bytes !== bytes || !isWhole) faults.push(`file ${name}`);
  }
  return faults;
}

function gaps(numbers: readonly number[], name: string): string[] {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted.every((it, index) => it === index + 1) ? [] : [`${name}: ${sorted.join(',')}`];
}

function repeated(values: readonly string[], name: string): string[] {
  return [...new Set(values.filter((it, index) => values.indexOf(it) !== index))].map(
    (it) => `${name} ${it} twice`,
  );
}

function groups<T>(rows: readonly T[], key: (row: T) => string): T[][] {
  return [...new Set(rows.map(key))].map((it) => rows.filter((row) => key(row) === it));
}
