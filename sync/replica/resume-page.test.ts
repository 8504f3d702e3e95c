import { expect, test } from 'vitest';
import type { Answered } from '#protocol/central';
import { createResumePage } from './resume-page.ts';

const docs = [1, 2, 3, 4, 5].map((seq) => ({ seq, doc: { name: `n${seq}` } }));
const { signal } = new AbortController();
const ask = { collection: 'cases', since: 0, bytes: 64_000 } as const;

/** A centre on a line that breaks each answer off after so many letters, until it does no more. */
function createLine(breaks: number[], epochs: string[] = []) {
  const asked: number[] = [];
  const pull = createResumePage(async ({ since }, _signal, heard): Promise<Answered<never>> => {
    asked.push(since);
    const epoch = epochs.shift() ?? 'e';
    const rest = docs.filter((it) => it.seq > since);
    const page = { epoch, since, cursor: 5, head: 5, more: false, docs: rest };
    const letters = breaks.shift();
    if (letters === undefined) return { outcome: 'ok', answer: page as never };
    heard(JSON.stringify(page).slice(0, letters));
    return { outcome: 'offline', reason: 'stalled' };
  });
  return { pull: () => pull(ask, signal), asked };
}

test('a page that was broken off twice is gone on with, and given as it was asked for', async () => {
  const { pull, asked } = createLine([130, 110]);
  const outcomes = [(await pull()).outcome, (await pull()).outcome];
  const answer = await pull();

  expect(outcomes).toEqual(['offline', 'offline']);
  expect(asked[0]).toBe(0);
  expect(asked[1]).toBeGreaterThan(0);
  expect(asked[2]).toBeGreaterThan(asked[1] ?? 0);
  expect(answer).toEqual({
    outcome: 'ok',
    answer: { epoch: 'e', since: 0, cursor: 5, head: 5, more: false, docs },
  });
});

test('what was kept is used once: a page that proves wrong is asked for as a whole', async () => {
  const { pull, asked } = createLine([130]);
  for (let i = 0; i < 3; i++) await pull();
  expect([asked[0], asked[2]]).toEqual([0, 0]);
  expect(asked[1]).toBeGreaterThan(0);
});

test('what was kept of another epoch is dropped', async () => {
  const { pull, asked } = createLine([130], ['e', 'other', 'other']);
  const outcomes = [];
  for (let i = 0; i < 3; i++) outcomes.push((await pull()).outcome);
  expect(outcomes).toEqual(['offline', 'offline', 'ok']);
  expect(asked[2]).toBe(0);
});

test('two pages that broke off together are both gone on with, also where the first then ends elsewhere', async () => {
  const many = Array.from({ length: 20 }, (_, at) => ({ seq: at + 1, doc: {} }));
  const asked: number[] = [];
  let letters: number | null = 170;
  const pull = createResumePage(async ({ since, bytes }, _signal, heard): Promise<Answered<never>> => {
    asked.push(since);
    const cursor = Math.min(20, since + bytes);
    const page = { epoch: 'e', since, cursor, head: 20, more: cursor < 20, docs: many.slice(since, cursor) };
    if (letters === null) return { outcome: 'ok', answer: page as never };
    heard(JSON.stringify(page).slice(0, letters));
    return { outcome: 'offline', reason: 'cut' };
  });
  const at = (since: number, bytes: number) => pull({ collection: 'cases', since, bytes }, signal);
  await Promise.all([at(0, 10), at(10, 10)]);
  letters = null;
  const [first, second] = [await at(0, 8), await at(11, 8)];

  const read = [first, second].map((it) => (it.outcome === 'ok' ? it.answer : null));
  const [, , third = 0, fourth = 0] = asked;
  expect([third, fourth].map((it) => it > 0)).toEqual([true, true]);
  expect(fourth).toBeGreaterThan(11);
  expect(read.map((it) => it?.docs)).toEqual([many.slice(0, third + 8), many.slice(11, 20)]);
  expect(read.map((it) => it?.since)).toEqual([0, 11]);
});
