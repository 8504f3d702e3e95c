import { describe, expect, test } from 'vitest';
import { context, edited, fold, judged, made, moved, opened } from './case.fixture.ts';
import { Case, NO_DUE_DATE } from './case.ts';
import { projectCase } from './project-case.ts';
import { settleConflict } from './resolve-conflict.ts';

const settled = (state: Case, choice: 'kept' | 'offered', how: { device?: string; n: number }) => {
  const [conflict] = state.conflicts;
  if (!conflict) throw new Error('no conflict');
  return made('conflict.settled', settleConflict(conflict, choice).body as never, how);
};

describe('opening', () => {
  test('a case has the facts of its opening, and is a case by its schema', () => {
    const state = fold(opened({ 'applicant.surname': 'Karimov' }));
    expect(Case.parse(state)).toEqual(state);
    expect(state).toMatchObject({
      id: 'case-1',
      centreId: 13,
      status: 'new',
      open: true,
      dueAt: NO_DUE_DATE,
      openedBy: 'clerk-opener',
      answers: { 'applicant.surname': 'Karimov' },
      authors: {},
      applied: { opener: 1 },
    });
  });

  test('a second opening is rejected and alters nothing but the count', () => {
    const state = fold(opened());
    expect(judged(state, opened({ 'form.x': 1 }, { device: 'b', n: 4 }))).toEqual([
      'rejected',
      'case.exists',
    ]);
    expect(fold(opened(), opened({ 'form.x': 1 }, { device: 'b', n: 4 }))).toEqual({
      ...state,
      applied: { opener: 1, b: 4 },
    });
  });

  test('nothing happens to a case that is not there', () => {
    expect(projectCase(null, moved('new', 'ready', { n: 1 }), context)).toEqual({
      case: null,
      status: 'rejected',
      code: 'case.absent',
    });
  });
});

describe('answers', () => {
  test('whoever saw what stands sets it, whatever the rule and the clocks', () => {
    for (const path of ['lww.a', 'review.a', 'first-writer.a', 'add-only.a']) {
      const state = fold(
        opened({ [path]: ['x'] }),
        edited({ [path]: ['y'] }, { [path]: ['x'] }, { device: 'b', n: 1, ms: -99 }),
      );
      expect([state.answers[path], state.authors[path]?.by, state.hasConflicts]).toEqual([
        ['y'],
        'clerk-b',
        false,
      ]);
    }
  });

  test('two values of a review field, given apart, both stay with their authors', () => {
    const state = fold(
      opened({ 'review.name': 'Aziz' }),
      edited({ 'review.name': 'Azis' }, { 'review.name': 'Aziz' }, { device: 'a', n: 1 }),
      edited({ 'review.name': 'Azīz' }, { 'review.name': 'Aziz' }, { device: 'b', n: 1 }),
    );
    expect(state).toMatchObject({
      answers: { 'review.name': 'Azis' },
      hasConflicts: true,
      conflicts: [
        {
          id: 'b-1/review.name',
          field: 'review.name',
          kept: 'Azis',
          keptBy: { by: 'clerk-a' },
          offered: 'Azīz',
          offeredBy: { by: 'clerk-b' },
        },
      ],
    });
    expect(Case.parse(state)).toEqual(state);
  });

  test('the same value given twice apart is no conflict', () => {
    const state = fold(
      opened(),
      edited({ 'review.x': ['1', '2'] }, {}, { device: 'a', n: 1 }),
      edited({ 'review.x': ['1', '2'] }, {}, { device: 'b', n: 1 }),
    );
    expect([state.conflicts, state.authors['review.x']?.by]).toEqual([[], 'clerk-a']);
  });

  test('the first writer stays and the second is told of it', () => {
    const first = fold(opened(), edited({ 'first-writer.slot': '09:00' }, {}, { device: 'a', n: 1 }));
    const second = edited({ 'first-writer.slot': '10:00' }, {}, { device: 'b', n: 1, ms: -1 });
    expect(judged(first, second)).toEqual(['review', 'field.first-writer']);
    expect(projectCase(first, second, context).case).toMatchObject({
      answers: { 'first-writer.slot': '09:00' },
      conflicts: [{ kept: '09:00', offered: '10:00' }],
    });
  });

  test('one event may be taken in one field and wait in another', () => {
    const before = fold(opened(), edited({ 'review.x': 1, 'lww.p': 'old' }, {}, { device: 'a', n: 1 }));
    const event = edited({ 'review.x': 2, 'lww.p': 'new', 'review.y': 3 }, {}, { device: 'b', n: 2 });
    expect(judged(before, event)).toEqual(['review', 'field.conflict']);
    expect(projectCase(before, event, context).case?.answers).toEqual({
      'review.x': 1,
      'lww.p': 'new',
      'review.y': 3,
    });
  });

  test('a device that goes on from its own waiting offer replaces the offer', () => {
    const state = fold(
      opened({ 'review.x': 0 }),
      edited({ 'review.x': 1 }, { 'review.x': 0 }, { device: 'a', n: 1 }),
      edited({ 'review.x': 2 }, { 'review.x': 0 }, { device: 'b', n: 1 }),
      edited({ 'review.x': 3 }, { 'review.x': 2 }, { device: 'b', n: 2 }),
    );
    expect(state.conflicts.map((it) => [it.id, it.kept, it.offered])).toEqual([['b-2/review.x', 1, 3]]);
    const back = fold(
      opened({ 'review.x': 0 }),
      edited({ 'review.x': 1 }, { 'review.x': 0 }, { device: 'a', n: 1 }),
      edited({ 'review.x': 2 }, { 'review.x': 0 }, { device: 'b', n: 1 }),
      edited({ 'review.x': 1 }, { 'review.x': 2 }, { device: 'b', n: 2 }),
    );
    expect([back.answers['review.x'], back.conflicts, back.hasConflicts]).toEqual([1, [], false]);
  });

  test('an edit that says what its author saw there takes nothing back and settles nothing', () => {
    const events = [
      opened({ 'review.x': 0 }),
      edited({ 'review.x': 1 }, { 'review.x': 0 }, { device: 'a', n: 1 }),
      edited({ 'review.x': 2 }, { 'review.x': 0 }, { device: 'b', n: 1 }),
    ];
    const after = fold(...events, edited({ 'review.x': 2 }, { 'review.x': 2 }, { device: 'b', n: 2 }));
    expect(after).toEqual({ ...fold(...events), applied: { opener: 1, a: 1, b: 2 } });
  });

  test('paths that are names of things in the language are paths like others', () => {
    for (const path of ['toString', 'constructor', '__proto__', 'hasOwnProperty']) {
      const set = Object.fromEntries([[path, 'x']]);
      const state = fold(opened(), edited(set, {}, { device: '__proto__', n: 1 }));
      expect([Object.entries(state.answers), state.conflicts]).toEqual([[[path, 'x']], []]);
      expect(projectCase(state, edited(set, {}, { device: '__proto__', n: 1 }), context).case).toBe(state);
    }
  });

  test('the status is not set like an answer', () => {
    expect(judged(fold(opened()), edited({ status: 'issued' }, {}, { n: 1 }))).toEqual([
      'rejected',
      'field.reserved',
    ]);
  });

  test('the order of keys in an event does not matter', () => {
    const before = fold(opened(), edited({ 'review.x': 1, 'first-writer.y': 1 }, {}, { n: 1 }));
    const one = edited({ 'review.x': 2, 'first-writer.y': 2 }, {}, { device: 'b', n: 1 });
    const other = edited({ 'first-writer.y': 2, 'review.x': 2 }, {}, { device: 'b', n: 1 });
    expect(projectCase(before, one, context)).toEqual(projectCase(before, other, context));
  });
});

describe('status', () => {
  test('moves from where the author saw it, and closes', () => {
    const state = fold(opened(), moved('new', 'ready', { n: 1 }), moved('ready', 'issued', { n: 2 }));
    expect([state.status, state.open, state.authors.status?.by]).toEqual(['issued', false, 'clerk-a']);
  });

  test('the same move made twice apart is one move', () => {
    const state = fold(
      opened(),
      moved('new', 'ready', { n: 1 }),
      moved('new', 'ready', { device: 'b', n: 1 }),
    );
    expect([state.status, state.conflicts]).toEqual(['ready', []]);
  });

  test('another decision taken apart waits, with its grounds, and is applied only by a person', () => {
    const before = fold(
      opened(),
      moved('new', 'returned', { n: 1 }),
      moved('new', 'refused', { device: 'b', n: 1 }),
    );
    expect(before).toMatchObject({
      status: 'returned',
      refusal: null,
      conflicts: [{ id: 'b-1/status', field: 'status', kept: 'returned', offered: 'refused' }],
    });
    const after = fold(
      opened(),
      moved('new', 'returned', { n: 1 }),
      moved('new', 'refused', { device: 'b', n: 1 }),
      settled(before, 'offered', { n: 2 }),
    );
    expect(after).toMatchObject({
      status: 'refused',
      open: false,
      hasConflicts: false,
      refusal: { grounds: ['R01'], reason: '' },
      authors: { status: { by: 'clerk-b' } },
    });
    expect(Case.parse(before)).toEqual(before);
  });

  test('a person may take an offer that is no step from where the case stands by now', () => {
    const apart = [opened(), moved('new', 'ready', { n: 1 }), moved('new', 'refused', { device: 'b', n: 1 })];
    const after = fold(...apart, settled(fold(...apart), 'offered', { n: 2 }));
    expect([after.status, after.refusal?.grounds, after.conflicts]).toEqual(['refused', ['R01'], []]);
  });

  test('a step that is none from where its author saw the case is rejected, wherever the case is', () => {
    const state = fold(opened(), moved('new', 'ready', { n: 1 }));
    const steps = [moved('ready', 'new', { n: 2 }), moved('issued', 'new', { device: 'b', n: 1 })];
    expect(steps.map((it) => judged(state, it))).toEqual(steps.map(() => ['rejected', 'state.not-allowed']));
  });

  test('nothing moves out of a closed case, not even by settling', () => {
    const closed = fold(opened(), moved('new', 'cancelled', { n: 1 }));
    const late = moved('new', 'ready', { device: 'b', n: 1 });
    expect(judged(closed, late)).toEqual(['review', 'state.conflict']);
    const waiting = fold(opened(), moved('new', 'cancelled', { n: 1 }), late);
    expect(judged(waiting, settled(waiting, 'offered', { n: 2 }))).toEqual(['rejected', 'state.not-allowed']);
    expect(projectCase(waiting, settled(waiting, 'kept', { n: 2 }), context).case?.conflicts).toEqual([]);
  });

  test('a refusal without a ground is rejected', () => {
    const event = made('state.moved', { from: 'new', to: 'refused', grounds: [], reason: 'no' }, { n: 1 });
    expect(judged(fold(opened()), event)).toEqual(['rejected', 'refusal.no-ground']);
  });
});

describe('settling', () => {
  const clash = [
    opened({ 'review.x': 0 }),
    edited({ 'review.x': 1 }, { 'review.x': 0 }, { device: 'a', n: 1 }),
    edited({ 'review.x': 2 }, { 'review.x': 0 }, { device: 'b', n: 1 }),
  ];

  test('takes what was offered with the name of who gave it, or leaves what stands', () => {
    const state = fold(...clash);
    const offered = fold(...clash, settled(state, 'offered', { n: 2 }));
    expect([offered.answers['review.x'], offered.authors['review.x']?.by, offered.conflicts]).toEqual([
      2,
      'clerk-b',
      [],
    ]);
    const kept = fold(...clash, settled(state, 'kept', { n: 2 }));
    expect([kept.answers['review.x'], kept.authors['review.x']?.by, kept.hasConflicts]).toEqual([
      1,
      'clerk-a',
      false,
    ]);
  });

  test('once settled, a second settlement changes nothing and is no error', () => {
    const state = fold(...clash);
    const first = fold(...clash, settled(state, 'kept', { n: 2 }));
    const second = settled(state, 'offered', { device: 'b', n: 2 });
    expect(judged(first, second)).toEqual(['ok', undefined]);
    expect(projectCase(first, second, context).case?.answers).toEqual({ 'review.x': 1 });
  });

  test('of three values, the ones not chosen yet stay offered against what stands now', () => {
    const three = [...clash, edited({ 'review.x': 3 }, { 'review.x': 0 }, { device: 'c', n: 1 })];
    const state = fold(...three, settled(fold(...three), 'offered', { n: 2 }));
    expect(state.conflicts.map((it) => [it.kept, it.keptBy.by, it.offered])).toEqual([[2, 'clerk-b', 3]]);
  });
});

describe('what is only added', () => {
  const paid = (id: string, how: { device?: string; n: number }) =>
    made('payment.recorded', { id, amount: 100, method: 'cash', slip: '' }, how);

  test('payments, notes and documents are united by id', () => {
    const file = { id: 'd', item: 'other', sha256: 'ab'.repeat(32), bytes: 1, mime: 'image/png', name: 'x' };
    const state = fold(
      opened(),
      paid('p1', { n: 1 }),
      paid('p1', { device: 'b', n: 1 }),
      paid('p2', { device: 'b', n: 2 }),
      made('note.added', { id: 'x', text: 'one' }, { n: 2 }),
      made('note.added', { id: 'x', text: 'one' }, { device: 'b', n: 3 }),
      made('document.attached', file, { n: 3 }),
      made('document.attached', file, { device: 'b', n: 4 }),
    );
    expect([state.payments, state.notes, state.documents].map((it) => it.map(({ id }) => id))).toEqual([
      ['p1', 'p2'],
      ['x'],
      ['d'],
    ]);
    expect(Case.parse(state)).toEqual(state);
    expect(
      fold(
        opened(),
        made('document.attached', file, { n: 1 }),
        made('document.removed', { id: 'd', reason: '' }, { n: 2 }),
      ).documents,
    ).toEqual([]);
  });
});
