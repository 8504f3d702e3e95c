import { expect, test, vi } from 'vitest';
import { createGatherer } from './gather-work.ts';

type Job = { centreId: number; name: string };

/** A gatherer whose groups end when they are told to. */
function open(limits: { running: number; most: number }) {
  const groups: { names: string[]; end(outcomes?: Promise<string>[]): void }[] = [];
  const gather = createGatherer<Job, string>(
    (jobs) =>
      new Promise((resolve) => {
        const names = jobs.map((it) => it.name);
        groups.push({
          names,
          end: (outcomes) => resolve(outcomes ?? names.map((it) => Promise.resolve(`${it} done`))),
        });
      }),
    limits,
  );
  const names = () => groups.map((it) => it.names.join(' '));
  return { groups, names, gather: (centreId: number, name: string) => gather({ centreId, name }) };
}

test('who comes alone goes alone; who comes meanwhile shares the next, in order of centres', async () => {
  const { gather, groups, names } = open({ running: 1, most: 3 });
  const first = gather(7, 'a');
  await vi.waitFor(() => expect(names()).toEqual(['a']));
  const later = [gather(9, 'b'), gather(3, 'c'), gather(8, 'd'), gather(1, 'e')];
  groups[0]?.end();
  expect(await first).toBe('a done');
  await vi.waitFor(() => expect(names()).toEqual(['a', 'c d b']));
  groups[1]?.end();
  expect(await Promise.all(later.slice(0, 3))).toEqual(['b done', 'c done', 'd done']);
  await vi.waitFor(() => expect(names()).toEqual(['a', 'c d b', 'e']));
  groups[2]?.end();
  expect(await later[3]).toBe('e done');
});

test('a centre has one job at a time, and others pass it', async () => {
  const { gather, groups, names } = open({ running: 2, most: 3 });
  const all = [gather(1, 'a'), gather(1, 'b'), gather(2, 'c'), gather(1, 'd')];
  await vi.waitFor(() => expect(names()).toEqual(['a c']));
  const other = gather(3, 'e');
  await vi.waitFor(() => expect(names()).toEqual(['a c', 'e']));
  groups[0]?.end();
  await vi.waitFor(() => expect(names()).toEqual(['a c', 'e', 'b']));
  groups[1]?.end();
  groups[2]?.end();
  await vi.waitFor(() => expect(names()).toEqual(['a c', 'e', 'b', 'd']));
  groups[3]?.end();
  expect(await Promise.all([...all, other])).toEqual(['a done', 'b done', 'c done', 'd done', 'e done']);
});

test('one that fails fails alone, and what waits goes on', async () => {
  const { gather, groups, names } = open({ running: 1, most: 3 });
  const [bad, good] = [gather(1, 'a'), gather(2, 'b')];
  const next = gather(1, 'c');
  await vi.waitFor(() => expect(names()).toEqual(['a b']));
  groups[0]?.end([Promise.reject(new Error('lost')), Promise.resolve('b done')]);
  await expect(bad).rejects.toThrow('lost');
  expect(await good).toBe('b done');
  await vi.waitFor(() => expect(names()).toEqual(['a b', 'c']));
  groups[1]?.end();
  expect(await next).toBe('c done');
});
