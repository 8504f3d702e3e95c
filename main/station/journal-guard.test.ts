import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createConfirmations } from './confirmations.ts';
import { openJournal } from './journal.ts';
import { appendInName } from './journal-guard.ts';
import { newFolder } from './new-folder.fixture.ts';
import { testSealer } from './sealer.fixture.ts';

async function openGuarded() {
  const opened = await openJournal({
    folder: join(await newFolder(), 'j'),
    sealer: testSealer,
    now: Date.now,
  });
  if (opened.outcome !== 'open') throw new Error(opened.outcome);
  const { journal } = opened;
  const confirmations = createConfirmations(() => 0);
  const here = { who: 'aziza' as string | null };
  const people = {
    mayWriteAs: (by: string) => here.who === by,
    takeConfirmation: confirmations.take,
  };
  const append = (value: unknown, again?: number) =>
    appendInName({ journal, people }, typeof value === 'string' ? value : JSON.stringify(value), again);
  return { journal, confirmations, here, append };
}

test('nobody writes in the name of another', async () => {
  const { append, here } = await openGuarded();
  expect(await append({ by: 'aziza', n: 1 })).toEqual({ outcome: 'saved', n: 1 });
  for (const by of ['botir', '', null, ['aziza'], { id: 'aziza' }]) {
    expect(await append({ by })).toEqual({ outcome: 'not-signed-in' });
  }
  expect(await append('{"by":"aziza","by":"botir"}')).toEqual({ outcome: 'not-signed-in' });
  expect(await append('{"\\u0062y":"botir"}')).toEqual({ outcome: 'not-signed-in' });
  here.who = null;
  expect(await append({ by: 'aziza' })).toEqual({ outcome: 'not-signed-in' });
  expect(await append('in nobody’s name')).toEqual({ outcome: 'saved', n: 2 });
});

test('what stands in the journal gets another number, whoever is there, and only as it stands', async () => {
  const { append, here } = await openGuarded();
  await append({ by: 'aziza', n: 1 });
  here.who = 'botir';
  expect(await append({ by: 'aziza', n: 1 }, 1)).toEqual({ outcome: 'saved', n: 2 });
  expect(await append({ by: 'aziza', n: 2 }, 1)).toEqual({ outcome: 'not-signed-in' });
  expect(await append({ by: 'aziza', n: 1 }, 7)).toEqual({ outcome: 'not-signed-in' });
});

test('a second person’s name wants that one’s word, once', async () => {
  const { append, confirmations } = await openGuarded();
  const event = { by: 'aziza', confirmedBy: 'botir', caseId: 'c', type: 'state.moved' };
  expect(await append(event)).toEqual({ outcome: 'not-confirmed' });
  confirmations.give(event);
  expect(await append({ ...event, caseId: 'd' })).toEqual({ outcome: 'not-confirmed' });
  expect(await append(event)).toEqual({ outcome: 'saved', n: 1 });
  expect(await append(event)).toEqual({ outcome: 'not-confirmed' });
  expect(await append({ confirmedBy: 'botir' })).toEqual({ outcome: 'not-signed-in' });
});
