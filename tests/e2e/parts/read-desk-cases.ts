import type { Page } from 'playwright-core';
import type { Case } from '#model/case';

/** The centre's copies of cases as they lie in this desk's own database, past the screens. */
export async function readDeskCases(page: Page): Promise<Case[]> {
  const rows = await page.evaluate(async () => {
    const databases = await indexedDB.databases();
    const name = databases.map((it) => it.name ?? '').find((it) => it.endsWith('--cases'));
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
  });
  return (rows as { doc: Case }[]).map((it) => it.doc).sort((a, b) => (a.number < b.number ? -1 : 1));
}
