import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { context, edited, fold, judged, made, moved, opened } from './case.fixture.ts';
import { Case } from './case.ts';
import type { CaseEvent } from './case-event.ts';
import { projectCase } from './project-case.ts';

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
