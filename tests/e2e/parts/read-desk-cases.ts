import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Case } from '#model/case';
import { createSealedForm } from '#replica/stored-row';
import { createTextSealer } from '#replica/text-sealer';
import { openDataKeys } from '#station/data-keys';
import type { TestDesk } from './desk.ts';

/** The centre's copies of cases as they lie in this desk's own database, past the screens. */
export async function readDeskCases(desk: TestDesk): Promise<Case[]> {
  const rows = (await readTable(desk, 'cases')) as { doc: Case }[];
  return rows.map((it) => it.doc).sort((a, b) => (a.number < b.number ? -1 : 1));
}

/** Whether a small value with this text in it lies on this desk's disk. */
export async function hasKeptText(desk: TestDesk, text: string): Promise<boolean> {
  const rows = (await readTable(desk, 'local')) as { kind: string; value: { it: unknown } }[];
  return rows.some((row) => row.kind === 'value' && row.value.it === text);
}

async function readTable(desk: TestDesk, table: string): Promise<unknown[]> {
  const rows = await readSealed(desk.page, table);
  if (rows.length === 0) return [];
  const shell = { seal: () => Promise.reject(new Error('nothing is sealed here')), unseal: unsealOf(desk) };
  const opened = await openDataKeys(desk.data, shell, { isNew: false });
  if (opened.outcome !== 'open') throw new Error(opened.outcome);
  const key = new Uint8Array(opened.keys.windowKey().key);
  const { toWhole } = createSealedForm(table, await createTextSealer(key));
  return Promise.all(rows.map(toWhole));
}

function unsealOf(desk: TestDesk) {
  return (sealed: Uint8Array) => desk.unseal(Buffer.from(sealed));
}

function readSealed(page: Page, table: string): Promise<Record<string, unknown>[]> {
  return page.evaluate(async (wanted) => {
    const databases = await indexedDB.databases();
    const name = databases.map((it) => it.name ?? '').find((it) => it.endsWith(`--${wanted}`));
    if (name === undefined) return [];
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const rows = await new Promise<Record<string, unknown>[]>((resolve, reject) => {
      const asking = database.transaction('docs').objectStore('docs').getAll();
      asking.onsuccess = () => resolve(asking.result);
      asking.onerror = () => reject(asking.error);
    });
    database.close();
    return rows;
  }, table);
}
