import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { context, edited, made, moved, opened } from './case.fixture.ts';
import { Case, NO_DUE_DATE } from './case.ts';
import type { CaseEvent } from './case-event.ts';
import { foldCase, projectCase } from './project-case.ts';
import { settleConflict } from './resolve-conflict.ts';

const fold = (...events: CaseEvent[]): Case => {
  const state = foldCase(events, context);
  if (!state) throw new Error('no case');
  return state;
};
const judged = (state: Case | null, event: CaseEvent) => {
  const { status, code } = projectCase(state, event, context);
  return [status, code];
};
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

/** Histories of three devices, whose edits and moves were made apart or not. */
const path = fc.constantFrom('lww.a', 'review.a', 'review.b', 'first-writer.a', 'add-only.a');
const value = fc.oneof(fc.constantFrom('u', 'v', 'w', null), fc.subarray(['k', 'l', 'm']));
const status = fc.constantFrom('new', 'in-process', 'returned', 'ready', 'refused', 'issued', 'cancelled');
const device = fc.constantFrom('a', 'b', 'c');
const step = fc.oneof(
  fc.record({ kind: fc.constant('edit' as const), device, path, set: value, was: value, ms: fc.nat(50) }),
  fc.record({ kind: fc.constant('move' as const), device, from: status, to: status, ms: fc.nat(50) }),
  fc.record({
    kind: fc.constant('pay' as const),
    device,
    id: fc.constantFrom('p', 'q', 'r'),
    ms: fc.nat(50),
  }),
  fc.record({
    kind: fc.constant('settle' as const),
    device,
    of: fc.nat(20),
    field: path,
    choice: fc.constantFrom('kept' as const, 'offered' as const),
    ms: fc.nat(50),
  }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const history = fc.array(step, { maxLength: 25 }).map((steps) => {
  const events = [opened()];
  for (const it of steps) {
    const n = events.filter((event) => event.device === it.device).length + 1;
    events.push(toEvent(it, n, events[('of' in it ? it.of : 0) % events.length]));
  }
  return events;
});

function toEvent(it: Step, n: number, target: CaseEvent | undefined): CaseEvent {
  const how = { device: it.device, n, ms: it.ms };
  switch (it.kind) {
    case 'edit':
      return edited({ [it.path]: it.set }, { [it.path]: it.was }, how);
    case 'move':
      return moved(it.from as 'new', it.to as 'new', how);
    case 'pay':
      return made('payment.recorded', { id: it.id, amount: 1, method: 'cash', slip: '' }, how);
    case 'settle': {
      const field = target?.type === 'state.moved' ? 'status' : it.field;
      const body = { conflictId: `${target?.id}/${field}`, field, choice: it.choice };
      return made('conflict.settled', body, how);
    }
  }
}

describe('any history', () => {
  test('folds to a case of the schema whose flags agree with what is in it', () => {
    fc.assert(
      fc.property(history, (events) => {
        const state = fold(...events);
        expect(Case.parse(state)).toEqual(state);
        expect(state.hasConflicts).toBe(state.conflicts.length > 0);
        expect(state.open).toBe(!['issued', 'refused', 'cancelled'].includes(state.status));
        expect(state.status === 'refused').toBe(state.refusal !== null);
        for (const it of state.conflicts) {
          expect(it.kept).toEqual(it.field === 'status' ? state.status : (state.answers[it.field] ?? null));
          expect(it.offered).not.toEqual(it.kept);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('replayed, whole or in part, changes nothing', () => {
    fc.assert(
      fc.property(history, fc.nat(25), fc.nat(25), (events, from, count) => {
        const state = fold(...events);
        const again = events.slice(from, from + count);
        const replayed = again.reduce<Case | null>(
          (it, event) => projectCase(it, event, context).case,
          state,
        );
        expect(replayed).toBe(state);
        expect(again.map((it) => judged(state, it))).toEqual(again.map(() => ['ok', undefined]));
      }),
    );
  });

  test('folds the same however it is cut into batches, and through JSON between them', () => {
    fc.assert(
      fc.property(history, fc.array(fc.nat(25), { maxLength: 4 }), (events, cuts) => {
        const bounds = [0, ...cuts.sort((a, b) => a - b), events.length];
        let state: Case | null = null;
        for (const [index, start] of bounds.slice(0, -1).entries()) {
          for (const event of events.slice(start, bounds[index + 1])) {
            state = projectCase(state, event, context).case;
          }
          state = JSON.parse(JSON.stringify(state)) as Case | null;
        }
        expect(state).toEqual(fold(...events));
      }),
    );
  });

  test('never touches the case it was given', () => {
    fc.assert(
      fc.property(history, (events) => {
        let state: Case | null = null;
        for (const event of events) {
          const before = JSON.stringify(state);
          const next: Case | null = projectCase(state, event, context).case;
          expect(JSON.stringify(state)).toBe(before);
          state = next;
        }
      }),
    );
  });

  test('keeps every payment ever recorded, once', () => {
    fc.assert(
      fc.property(history, (events) => {
        const recorded = new Set(events.flatMap((it) => (it.type === 'payment.recorded' ? it.body.id : [])));
        expect(
          fold(...events)
            .payments.map((it) => it.id)
            .sort(),
        ).toEqual([...recorded].sort());
      }),
    );
  });

  test('loses no value of a review field, unless its author saw it go or a person settled it', () => {
    fc.assert(
      fc.property(history, (events) => {
        const state = fold(...events);
        const field = 'review.a';
        const isSettled = events.some((it) => it.type === 'conflict.settled' && it.body.field === field);
        if (isSettled) return;
        const edits = events.flatMap((it) =>
          it.type === 'field.set' && field in it.body.set ? it.body : [],
        );
        const real = edits.filter((it) => JSON.stringify(it.set[field]) !== JSON.stringify(it.was[field]));
        const seenGone = new Set(real.map((it) => JSON.stringify(it.was[field])));
        const there = [
          state.answers[field] ?? null,
          ...state.conflicts.filter((it) => it.field === field).map((it) => it.offered),
        ];
        const present = new Set(there.map((it) => JSON.stringify(it)));
        for (const { set } of real) {
          const given = JSON.stringify(set[field]);
          expect(present.has(given) || seenGone.has(given)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('edits made apart, from one and the same value', () => {
  const apart = (prefix: string, values: readonly (string | null | string[])[], order: readonly number[]) => {
    const was = prefix === 'add-only' ? ['base'] : 'base';
    const events = values.map((it, index) =>
      edited(
        { [`${prefix}.x`]: it },
        { [`${prefix}.x`]: was },
        { device: `d${index}`, n: 1, ms: (index * 7) % 5 },
      ),
    );
    return fold(opened({ [`${prefix}.x`]: was }), ...order.flatMap((it) => events[it] ?? []));
  };
  const orders = fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 });
  const one = fc.constantFrom('u', 'v', 'w', 'base', null);
  const list = fc.subarray(['base', 'k', 'l', 'm']);

  test('lww: the later clock wins in every order', () => {
    fc.assert(
      fc.property(fc.array(one, { minLength: 5, maxLength: 5 }), orders, (values, order) => {
        const [here, there] = [apart('lww', values, [0, 1, 2, 3, 4]), apart('lww', values, order)];
        expect([there.answers, there.authors, there.conflicts]).toEqual([here.answers, here.authors, []]);
      }),
    );
  });

  test('add-only: lists are united in every order, and nothing added is lost', () => {
    fc.assert(
      fc.property(fc.array(list, { minLength: 5, maxLength: 5 }), orders, (values, order) => {
        const [here, there] = [apart('add-only', values, [0, 1, 2, 3, 4]), apart('add-only', values, order)];
        const added = values.flat().filter((it) => it !== 'base');
        expect([...(there.answers['add-only.x'] as string[])].sort()).toEqual(
          [...(here.answers['add-only.x'] as string[])].sort(),
        );
        expect(there.answers['add-only.x']).toEqual(expect.arrayContaining(added));
      }),
    );
  });

  test('review: every value is there in every order, standing or offered', () => {
    fc.assert(
      fc.property(fc.array(one, { minLength: 5, maxLength: 5 }), orders, (values, order) => {
        const state = apart('review', values, order);
        const given = new Set(values.filter((it) => it !== 'base'));
        const there = new Set([state.answers['review.x'], ...state.conflicts.map((it) => it.offered)]);
        if (given.size > 0) expect(there).toEqual(given);
      }),
    );
  });
});
