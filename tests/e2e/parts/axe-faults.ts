import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const { source } = createRequire(import.meta.url)('axe-core') as { source: string };
const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];

type Axe = { run(options: RunOptions): Promise<AxeResults> };

/** What axe finds against WCAG 2.2 A and AA, each with the elements it means. */
export async function findAxeFaults(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  const results = await page.evaluate(
    (tags) =>
      (window as unknown as { axe: Axe }).axe.run({
        runOnly: { type: 'tag', values: tags },
        resultTypes: ['violations'],
      }),
    WCAG_22_AA,
  );
  return results.violations.map(
    (it) =>
      `axe ${it.id}: ${it.nodes.map((node) => `${node.html} ${shortly(node.failureSummary)}`).join(' | ')}`,
  );
}

function shortly(summary: string | undefined): string {
  return (summary ?? '').split('\n').slice(1, 2).join('').trim();
}
