import type { Page } from 'playwright-core';
import type { Case } from '#model/case';

/** The centre's copies of cases as they lie in this desk's own database, past the screens. */
export async function readDeskCases(page: Page): Promise<Case[]> {
  const rows = (await readTable(page, 'cases')) as { doc: Case }[];
  return rows.map((it) => it.doc).sort((a, b) => (a.number < b.number ? -1 : 1));
}

/** Whether a small value with this text in it lies on this desk's disk. */
export async function hasKeptText(page: Page, text: string): Promise<boolean> {
  const rows = (await readTable(page, 'local')) as { kind: string; value: { it: unknown } }[];
  return rows.some((row) => row.kind === 'value' && row.value.it === text);
}

function readTable(page: Page, table: string): Promise<unknown[]> {
  return page.evaluate(async (wanted) => {
    const databases = await indexedDB.databases();
    const name = databases.map((it) => it.name ?? '').find((it) => it.endsWith(`--${wanted}`));
    if (name === undefined) return [];
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const rows = await new Promise<unknown[]>((resolve, reject) => {
      const asking = database.transaction('docs').objectStore('docs').getAll();
      asking.onsuccess = () => resolve(asking.result);
      asking.onerror = () => reject(asking.error);
    });
    database.close();
    return rows;
  }, table);
}
