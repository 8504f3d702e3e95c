import { isDeepStrictEqual } from 'node:util';
import type { Case } from '#model/case';
import type { Central } from '#protocol/central';
import type { Replica } from '#replica/replica';

/** The ids of cases that a desk does not have as the centre has them. */
export async function findDifferent(central: Central, replica: Replica): Promise<string[]> {
  const different: string[] = [];
  for (const there of await readCentre(central)) {
    const here = await new Promise<Case | null>((resolve) => {
      const stop = replica.watchCase(there.id, (found) => {
        resolve(found?.case ?? null);
        queueMicrotask(() => stop());
      });
    });
    if (!isDeepStrictEqual(here, there)) different.push(there.id);
  }
  return different;
}

async function readCentre(central: Central): Promise<Case[]> {
  const cases: Case[] = [];
  for (let since = 0; ; ) {
    const ask = { collection: 'cases', since, bytes: 1_000_000 } as const;
    const page = await central.pull(ask, new AbortController().signal);
    if (page.outcome !== 'ok') throw new Error(`the server answered ${JSON.stringify(page)}`);
    cases.push(...page.answer.docs.map((it) => it.doc));
    since = page.answer.cursor;
    if (!page.answer.more) return cases;
  }
}
