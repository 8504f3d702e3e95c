import { afterEach, beforeEach } from 'vitest';
import type { TestDesk } from './desk.ts';

/**
 * A file whose tests are the chapters of one story.
 *
 * After one has failed the rest would only fail in its wake: they are skipped. What every desk showed when it
 * failed is kept as a picture in `artefacts/`.
 */
export function tellStory(name: string, desks: () => Readonly<Record<string, TestDesk | undefined>>): void {
  let failedAt: string | null = null;
  beforeEach(({ skip, task }) => {
    // Not told again from the middle: a skip would turn the failure into none.
    if (failedAt === task.name) throw new Error('a chapter is told once');
    if (failedAt !== null) skip(`the story broke off at: ${failedAt}`);
  });
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail' || failedAt !== null) return;
    failedAt = task.name;
    for (const [desk, it] of Object.entries(desks())) {
      const path = `artefacts/failed-${name}-${desk}.png`;
      await it?.page.screenshot({ path, timeout: 5_000 }).catch(() => undefined);
    }
  });
}
