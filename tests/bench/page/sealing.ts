import type { Case } from '#model/case';
import { foldCase } from '#model/project-case';
import { createCaseSearch } from '#replica/case-search';
import { toCaseRow } from '#replica/check-page';
import { type CaseRow, openDatabase, runQuery } from '#replica/database';
import { createDiskStorage } from '#replica/lean-storage';
import { createTextSealer } from '#replica/text-sealer';
import { context, opened } from '../../../sync/model/case.fixture.ts';

/** Times of one table of cases, in ms. */
export type SealingTimes = { insert: number; list: number; read: number; search: number };
export type Sealing = { measure(cases: number, isSealed: boolean): Promise<SealingTimes> };

declare global {
  interface Window {
    sealing: Sealing;
  }
}

const ROWS_A_WRITE = 2_000;
const SHOWN = 50;
const LISTS = 100;
const SEARCHES = 50;
const ANSWERS = 20;

async function measure(cases: number, isSealed: boolean): Promise<SealingTimes> {
  const key = crypto.getRandomValues(new Uint8Array(32));
  const sealer = isSealed ? await createTextSealer(key) : null;
  const name = `sealing-${crypto.randomUUID()}`;
  const database = await openDatabase(name, createDiskStorage(sealer));
  const rows = Array.from({ length: cases }, (_, at) => toRow(at));
  const insert = await timed(async () => {
    for (let from = 0; from < rows.length; from += ROWS_A_WRITE)
      await database.fill('cases', rows.slice(from, from + ROWS_A_WRITE));
    database.filled('cases');
  });
  const search = createCaseSearch(database.tables, async () => undefined);
  const read = await timed(async () => void (await search.find('no such name')));
  const list = await timed(async () => {
    for (let at = 0; at < LISTS; at += 1) await readList(at);
  });
  const found = await timed(async () => {
    for (let at = 0; at < SEARCHES; at += 1) await search.find(`surname${at * 17}`);
  });
  await database.close();
  return { insert, list: list / LISTS, read, search: found / SEARCHES };

  async function readList(at: number): Promise<void> {
    const query = database.tables.cases.find({
      selector: { shelf: 'open', age: { $gte: at * 1_000 } },
      sort: [{ shelf: 'asc' }, { age: 'asc' }],
      index: ['shelf', 'age'],
      limit: SHOWN,
    });
    const shown = await runQuery(query);
    if (shown.map((it) => it.toJSON() as CaseRow).some((it) => (it.doc as Case).answers === undefined))
      throw new Error('a case did not open');
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function toRow(at: number): CaseRow {
  const answers: Record<string, string> = {
    'applicant.surname': `Surname${at}`,
    'applicant.givenName': `Дилноза${at % 700}`,
    'applicant.phone': `+99890${1_000_000 + at}`,
  };
  for (let field = 0; field < ANSWERS; field += 1)
    answers[`form.field${field}`] = `an answer of a form ${at + field}`;
  const found = foldCase([opened(answers)], context);
  return toCaseRow(at + 1, {
    ...found,
    id: `case-${String(at).padStart(8, '0')}`,
    openedAt: 1_780_000_000_000 + at * 1_000,
  });
}

window.sealing = { measure };
