import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { argon2id, argon2Verify } from 'hash-wasm';
import { afterEach, describe, expect, test } from 'vitest';
import type { PeopleState } from '#contract/station-contract';
import type { CentralForward } from './central-forward.ts';
import { newFolder } from './new-folder.fixture.ts';
import { openPeople, type People } from './people.ts';
import { testSealer } from './sealer.fixture.ts';
import { createSealer } from './sealer.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 10, 24, 9);
const hash = (secret: string): Promise<string> =>
  argon2id({
    password: secret,
    salt: new Uint8Array(16).fill(7),
    ...{ parallelism: 1, iterations: 1, memorySize: 64, hashLength: 32, outputType: 'encoded' },
  });
const [pin, otherPin, password] = await Promise.all([hash('1111'), hash('2222'), hash('qalampir')]);
const AZIZA = { id: 'aziza', pin, password, offlineDays: 30 };
const BOTIR = { id: 'botir', pin: otherPin, password: null, offlineDays: 30 };
const WITHOUT = { id: 'without', pin: null, password: null, offlineDays: 30 };

const open = new Set<People>();
afterEach(() => {
  for (const it of open) it.close();
  open.clear();
});

/** A computer with its clocks, and a centre at the end of a line that can be cut. */
async function createWorld() {
  const world = {
    path: join(await newFolder(), 'people'),
    wall: START,
    running: 0,
    isCut: false,
    asked: [] as (string | undefined)[],
    tries: 0,
    logged: [] as string[],
    serverTime: START,
    people: [AZIZA, BOTIR, WITHOUT] as {
      id: string;
      pin: string | null;
      password: string | null;
      offlineDays: number;
    }[],
    disk: { outcome: 'saved' } as { outcome: 'saved' } | { outcome: 'disk-full' },
    /** Time goes by, on all clocks; the computer's may be set besides. */
    pass(ms: number) {
      world.wall += ms;
      world.running += ms;
      world.serverTime += ms;
    },
    async start(sealer = testSealer) {
      for (const it of open) it.close();
      open.clear();
      world.running = 0;
      const people = await openPeople({
        path: world.path,
        sealer,
        forward,
        isEnrolled: () => true,
        log: (_level, code) => world.logged.push(code),
        orGiveUp: async (write) => (world.disk.outcome === 'saved' ? write() : (world.disk as never)),
        verify: async (secret, hashes) => {
          world.tries += 1;
          const all = hashes.map((it) => argon2Verify({ password: secret, hash: it }));
          return (await Promise.all(all)).includes(true);
        },
        clocks: { wall: () => world.wall, running: () => world.running },
      });
      open.add(people);
      await people.ask();
      return people;
    },
  };
  const forward: CentralForward = async ({ path, headers }) => {
    if (world.isCut) return { status: 502, headers: {}, body: textOf('') };
    world.asked.push(headers['if-none-match']);
    const etag = `"${JSON.stringify(world.people).length}"`;
    const date = new Date(world.serverTime).toUTCString();
    if (headers['if-none-match'] === etag) return { status: 304, headers: { date, etag }, body: textOf('') };
    const answer = JSON.stringify({ asOf: world.serverTime, people: world.people });
    return { status: path === '/v1/credentials' ? 200 : 404, headers: { date, etag }, body: textOf(answer) };
  };
  return world;
}

async function* textOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

async function stateOf(people: People): Promise<PeopleState> {
  for await (const state of people.watch(new AbortController().signal)) return state;
  throw new Error('nothing was told');
}

const daysOf = async (people: People, id = 'aziza') =>
  (await stateOf(people)).people?.find((it) => it.id === id)?.days;

async function tryWrong(people: People, times: number) {
  const answers: unknown[] = [];
  for (let at = 0; at < times; at += 1) answers.push(await people.signIn('aziza', '0000'));
  return answers;
}

describe('signing in', () => {
  test('is by PIN or by password, and everything else is a code', async () => {
    const world = await createWorld();
    const people = await world.start();
    expect(await people.signIn('aziza', '1111')).toEqual({ outcome: 'signed-in' });
    expect(await people.signIn('aziza', 'qalampir')).toEqual({ outcome: 'signed-in' });
    expect((await stateOf(people)).current).toEqual({ id: 'aziza', locked: false });
    expect(await people.signIn('aziza', '2222')).toEqual({ outcome: 'wrong', left: 4 });
    expect(await people.signIn('without', '')).toEqual({ outcome: 'unknown' });
    expect(await people.signIn('nobody', '1111')).toEqual({ outcome: 'unknown' });
    expect((await stateOf(people)).current).toEqual({ id: 'aziza', locked: false });
  });

  test('works without a line after a start, and not before the centre was ever heard of', async () => {
    const world = await createWorld();
    world.isCut = true;
    const people = await world.start();
    expect(await people.signIn('aziza', '1111')).toEqual({ outcome: 'never-asked' });
    world.isCut = false;
    expect(await people.signIn('aziza', '1111')).toEqual({ outcome: 'signed-in' });
    world.isCut = true;
    const again = await world.start();
    expect(await stateOf(again)).toMatchObject({ current: null, last: 'aziza' });
    expect(await again.signIn('aziza', '1111')).toEqual({ outcome: 'signed-in' });
  });

  test('somebody whom the centre knows no more is out at its next word, and stays out', async () => {
    const world = await createWorld();
    const people = await world.start();
    await people.signIn('aziza', '1111');
    world.people = [BOTIR];
    await people.ask();
    expect((await stateOf(people)).current).toBe(null);
    expect(people.mayWriteAs('aziza')).toBe(false);
    world.isCut = true;
    expect(await (await world.start()).signIn('aziza', '1111')).toEqual({ outcome: 'unknown' });
  });

  test('another desk begins with nobody of the one before', async () => {
    const world = await createWorld();
    const people = await world.start();
    await people.signIn('aziza', '1111');
    world.isCut = true;
    await people.forget();
    expect(await stateOf(people)).toEqual({ current: null, last: null, people: null });
  });
});

describe('lock', () => {
  test('nothing is written in the name of whoever is locked, and the PIN opens it again', async () => {
    const people = await (await createWorld()).start();
    await people.signIn('aziza', '1111');
    people.lock();
    expect((await stateOf(people)).current).toEqual({ id: 'aziza', locked: true });
    expect(people.mayWriteAs('aziza')).toBe(false);
    expect(await people.unlock('2222')).toEqual({ outcome: 'wrong', left: 4 });
    expect(await people.unlock('1111')).toEqual({ outcome: 'signed-in' });
    expect(people.mayWriteAs('aziza')).toBe(true);
    expect(people.mayWriteAs('botir')).toBe(false);
  });

  test('another person takes the desk', async () => {
    const people = await (await createWorld()).start();
    await people.signIn('aziza', '1111');
    people.lock();
    expect(await people.signIn('botir', '2222')).toEqual({ outcome: 'signed-in' });
    expect([people.mayWriteAs('aziza'), people.mayWriteAs('botir')]).toEqual([false, true]);
  });
});

describe('tries', () => {
  const left = (count: number) => ({ outcome: 'wrong', left: count });

  test('are five, then wait twice as long each time, up to half an hour', async () => {
    const world = await createWorld();
    const people = await world.start();
    expect(await tryWrong(people, 5)).toEqual([left(4), left(3), left(2), left(1), wait(30_000)]);
    for (const ms of [60_000, 120_000, 240_000, 480_000, 960_000, 1_800_000, 1_800_000]) {
      world.pass(await waitOf(people));
      expect(await tryWrong(people, 1)).toEqual([wait(ms)]);
    }
    const looked = world.tries;
    expect(await people.signIn('aziza', '1111')).toEqual(wait(1_800_000));
    expect(world.tries).toBe(looked);
    world.pass(1_800_000);
    expect(await people.signIn('aziza', '1111')).toEqual({ outcome: 'signed-in' });
    expect(await tryWrong(people, 1)).toEqual([left(4)]);
  });

  test('hold nobody else', async () => {
    const people = await (await createWorld()).start();
    await tryWrong(people, 5);
    expect(await people.signIn('botir', '2222')).toEqual({ outcome: 'signed-in' });
  });

  test('are counted over restarts, and a wait begins again where it was, whatever the clock says', async () => {
    const world = await createWorld();
    let people = await world.start();
    await tryWrong(people, 3);
    people = await world.start();
    expect(await tryWrong(people, 2)).toEqual([left(1), wait(30_000)]);
    for (const moved of [3 * DAY, -2 * DAY]) {
      world.wall += moved;
      expect(await waitOf(people)).toBe(30_000);
      people = await world.start();
      expect(await people.signIn('aziza', '1111')).toEqual(wait(30_000));
    }
  });

  test('are on the disk before they are looked at: a plug that is pulled gives none back', async () => {
    const world = await createWorld();
    for (let at = 0; at < 4; at += 1) {
      const people = await world.start();
      const before = await readFile(world.path);
      const trying = people.signIn('aziza', '0000');
      await expect.poll(async () => !(await readFile(world.path)).equals(before)).toBe(true);
      const atPlug = await readFile(world.path);
      await trying;
      await writeFile(world.path, atPlug);
    }
    expect(await tryWrong(await world.start(), 1)).toEqual([wait(30_000)]);
  });

  test('many at once are looked at one after another', async () => {
    const world = await createWorld();
    const people = await world.start();
    const answers = await Promise.all(Array.from({ length: 40 }, () => people.signIn('aziza', '0000')));
    expect(world.tries).toBe(5);
    expect(answers.filter((it) => it.outcome === 'wait')).toHaveLength(36);
  });

  test('are not looked at where the disk does not take them', async () => {
    const world = await createWorld();
    const people = await world.start();
    world.disk = { outcome: 'disk-full' };
    expect(await people.signIn('aziza', '1111')).toEqual({ outcome: 'disk-full' });
    expect(world.tries).toBe(0);
  });

  const wait = (waitMs: number) => ({ outcome: 'wait', waitMs });
  const waitOf = async (people: People) =>
    (await stateOf(people)).people?.find((it) => it.id === 'aziza')?.waitMs ?? 0;
});

describe('days without the centre', () => {
  test('run out, and an answer gives them anew, also one that says nothing is new', async () => {
    const world = await createWorld();
    const people = await world.start();
    expect(await daysOf(people)).toBe(30);
    world.isCut = true;
    world.pass(28.5 * DAY);
    expect(await daysOf(people)).toBe(2);
    world.pass(DAY);
    expect(await people.signIn('aziza', '1111')).toEqual({ outcome: 'signed-in' });
    world.pass(DAY);
    expect(await daysOf(people)).toBe(0);
    // Whoever is in stays in until the lock.
    expect(people.mayWriteAs('aziza')).toBe(true);
    people.lock();
    expect(await people.unlock('1111')).toEqual({ outcome: 'no-days' });
    world.isCut = false;
    expect(await people.unlock('1111')).toEqual({ outcome: 'signed-in' });
    expect(world.asked.at(-1)).toBeDefined();
    expect(await daysOf(people)).toBe(30);
  });

  test('are not given back by a clock set back, while it runs or between two starts', async () => {
    const world = await createWorld();
    let people = await world.start();
    world.isCut = true;
    world.pass(20 * DAY);
    expect(await daysOf(people)).toBe(10);
    world.wall -= 20 * DAY;
    expect(await daysOf(people)).toBe(10);
    await people.signIn('aziza', '1111');
    people = await world.start();
    expect(await daysOf(people)).toBe(10);
    world.pass(10 * DAY);
    expect(await people.signIn('aziza', '1111')).toEqual({ outcome: 'no-days' });
  });

  test('are taken by a clock set forward and back, until the centre says how late it is', async () => {
    const world = await createWorld();
    const people = await world.start();
    world.isCut = true;
    world.wall += 100 * DAY;
    expect(await daysOf(people)).toBe(0);
    world.wall -= 100 * DAY;
    expect(await daysOf(people)).toBe(0);
    world.isCut = false;
    await people.ask();
    expect(await daysOf(people)).toBe(30);
  });

  test('are whole at a computer whose clock is years ahead of the centre', async () => {
    const world = await createWorld();
    world.wall += 2_000 * DAY;
    await world.start();
    world.isCut = true;
    const people = await world.start();
    world.pass(3 * DAY);
    expect(await daysOf(people)).toBe(27);
  });
});

describe('what is kept', () => {
  test('cannot be read on the disk', async () => {
    const world = await createWorld();
    await (await world.start()).signIn('aziza', '1111');
    const bytes = await readFile(world.path, 'latin1');
    expect(['argon2id', pin.split('$').at(-1) ?? '', 'aziza'].filter((it) => bytes.includes(it))).toEqual([]);
  });

  test.each([
    ['cut', (bytes: Buffer) => bytes.subarray(0, -3)],
    ['altered', (bytes: Buffer) => Buffer.from(bytes.map((it, at) => (at === 90 ? it ^ 1 : it)))],
    ['empty', () => Buffer.alloc(0)],
  ])('%s, knows nobody until the centre answers', async (_, harm) => {
    const world = await createWorld();
    await world.start();
    await writeFile(world.path, harm(await readFile(world.path)));
    world.isCut = true;
    const people = await world.start();
    expect(await people.signIn('aziza', '1111')).toEqual({ outcome: 'never-asked' });
    expect(world.logged).toContain('people-damaged');
    world.isCut = false;
    expect(await people.signIn('aziza', '1111')).toEqual({ outcome: 'signed-in' });
  });

  test('of another station knows nobody either', async () => {
    const world = await createWorld();
    await world.start();
    world.isCut = true;
    const foreign = createSealer([{ id: '0a0b0c0d', key: new Uint8Array(32).fill(9) }], 'test');
    expect(await (await world.start(foreign)).signIn('aziza', '1111')).toEqual({ outcome: 'never-asked' });
  });
});

describe('a second person', () => {
  const OF = { caseId: 'c1', type: 'state.moved' };
  const named = { by: 'aziza', confirmedBy: 'botir', ...OF };

  test('says yes to one event, of one case, of whoever is signed in', async () => {
    const world = await createWorld();
    const people = await world.start();
    expect(await people.confirm('botir', '2222', OF)).toEqual({ outcome: 'not-signed-in' });
    await people.signIn('aziza', '1111');
    expect(await people.confirm('aziza', '1111', OF)).toEqual({ outcome: 'same-person' });
    expect(await people.confirm('botir', '1111', OF)).toEqual({ outcome: 'wrong', left: 4 });
    expect(people.takeConfirmation(named)).toBe(null);
    expect(await people.confirm('botir', '2222', OF)).toEqual({ outcome: 'confirmed' });
    expect(people.takeConfirmation({ ...named, caseId: 'c2' })).toBe(null);
    expect(people.takeConfirmation({ ...named, type: 'payment.recorded' })).toBe(null);
    expect(people.takeConfirmation({ ...named, by: 'botir' })).toBe(null);
    expect(people.takeConfirmation(named)).not.toBe(null);
    expect(people.takeConfirmation(named)).toBe(null);
  });

  test('has said it for five minutes, and no longer than until the lock', async () => {
    const world = await createWorld();
    const people = await world.start();
    await people.signIn('aziza', '1111');
    await people.confirm('botir', '2222', OF);
    world.pass(300_000);
    expect(people.takeConfirmation(named)).toBe(null);
    await people.confirm('botir', '2222', OF);
    people.lock();
    await people.unlock('1111');
    expect(people.takeConfirmation(named)).toBe(null);
  });
});
