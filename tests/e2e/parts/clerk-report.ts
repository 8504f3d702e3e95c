import { type Clerk, goTo, PATIENCE_MS, see, toPlain } from './clerk.ts';

type Column = 'desk' | 'health' | 'contact' | 'waiting' | 'files' | 'failing';

/** A row of the sync report as it stands on the screen, by column; each cell has two lines. */
export type ShownDesk = Record<Column, string>;

const COLUMNS: readonly Column[] = ['desk', 'health', 'contact', 'waiting', 'files', 'failing'];

/** Opens the sync report, or asks for it anew, and reads its rows from the top. */
export async function readReport(clerk: Clerk): Promise<ShownDesk[]> {
  const { page, t } = clerk;
  await goTo(clerk, 'reports');
  const refresh = page.getByRole('button', { name: t('report.refresh') });
  await refresh.click({ timeout: PATIENCE_MS });
  const table = page.getByRole('table', { name: t('report.sync.title') });
  await see(table);
  await page.waitForFunction(
    (it) => it?.hasAttribute('data-loading') !== true,
    await refresh.elementHandle(),
  );
  const headings = await table.getByRole('columnheader').allInnerTexts();
  const places = COLUMNS.map((it) => headings.indexOf(t(`report.column.${it}`)));
  const rows = await table.getByRole('row').all();
  const shown: ShownDesk[] = [];
  for (const row of rows.slice(1)) {
    const cells = await row.getByRole('cell').allInnerTexts();
    const entries = COLUMNS.map((it, index) => [it, toPlain(cells[places[index] ?? -1] ?? '')]);
    shown.push(Object.fromEntries(entries) as ShownDesk);
  }
  return shown;
}
