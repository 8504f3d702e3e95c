import { expect, test } from 'vitest';
import type { Case } from '#model/case';
import { context, made, opened } from '#model/case.fixture';
import { projectCase } from '#model/project-case';
import { isSound, openCaseFold } from './fold-cases.ts';

const whole = projectCase(null, opened(), context).case as Case;
const noted = ({ n }: { n: number }) => made('note.added', { id: `note-${n}`, text: 'A note' }, { n });
const broken = { ...whole, number: 7 } as unknown as Case;
const fold = (it: Case, isWary: boolean) =>
  openCaseFold({ centreId: 13, cases: new Map([[it.id, it]]), services: new Map(), now: 0, isWary });

test('who is wary rejects the event after which a case is none, and leaves the case', () => {
  const wary = fold(broken, true);
  expect(wary.apply(noted({ n: 1 }))).toEqual({ status: 'rejected', code: 'case-shape' });
  expect(wary.changed()).toEqual([]);
});

test('who is not finds it out at the end', () => {
  const quick = fold(broken, false);
  expect(quick.apply(noted({ n: 1 }))).toEqual({ status: 'ok' });
  expect(quick.changed().every(isSound)).toBe(false);
});

test('a case stays sound, and is written once however many events changed it', () => {
  for (const isWary of [true, false]) {
    const good = fold(whole, isWary);
    expect([good.apply(noted({ n: 1 })), good.apply(noted({ n: 2 }))]).toEqual([
      { status: 'ok' },
      { status: 'ok' },
    ]);
    expect(good.changed()).toHaveLength(1);
    expect(good.changed().every(isSound)).toBe(true);
  }
});
