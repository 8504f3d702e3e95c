import { expect, test } from 'vitest';
import type { ForwardAsk } from './central-forward.ts';
import { openDaysWithoutCentre } from './days-without-centre.ts';
import { newFolder } from './new-folder.fixture.ts';
import type { ForwardAnswer } from './own-answer.ts';
import { testSealer } from './sealer.fixture.ts';

const DAY_MS = 86_400_000;
const START = 1_790_000_000_000;

async function createStation(days = 60) {
  const folder = await newFolder();
  const clock = { now: START, running: 0 };
  const open = () =>
    openDaysWithoutCentre({
      ...{ folder, sealer: testSealer, days, since: START },
      clocks: { wall: () => clock.now, running: () => clock.running },
    });
  return { clock, open };
}

const answerWith = (status: number, headers: Record<string, string>): ForwardAnswer => ({
  status,
  headers,
  body: (async function* () {})(),
});

const reach = async (it: Awaited<ReturnType<typeof openDaysWithoutCentre>>, answer: ForwardAnswer) => {
  await it.watch(async () => answer)({} as ForwardAsk);
};

test('counts down, and says that it is too long when it has been so for a day', async () => {
  const { clock, open } = await createStation();
  const first = await open();
  expect([await first.look(), first.daysLeft()]).toEqual(['fine', 60]);
  clock.now += 50 * DAY_MS;
  expect([await first.look(), first.daysLeft()]).toEqual(['fine', 10]);
  clock.now += 10 * DAY_MS;
  expect([await first.look(), first.daysLeft()]).toEqual(['fine', 0]);
  clock.now += DAY_MS;
  // Over a restart.
  expect(await (await open()).look()).toBe('over');
});

test('a clock that is set back gives no day, nor does one that stands still while the program runs', async () => {
  const { clock, open } = await createStation();
  clock.now += 50 * DAY_MS;
  await (await open()).look();
  clock.now = START;
  const again = await open();
  await again.look();
  expect(again.daysLeft()).toBe(10);
  clock.running += 4 * DAY_MS;
  expect([await again.look(), again.daysLeft()]).toEqual(['fine', 6]);
});

test('an answer of the centre begins the days anew, by its own clock; what only sounds like one does not', async () => {
  const { clock, open } = await createStation();
  const it = await open();
  clock.now += 59 * DAY_MS;
  for (const no of [
    answerWith(502, { 'darcha-station': 'unreachable' }),
    answerWith(401, {}),
    answerWith(503, {}),
  ]) {
    await reach(it, no);
  }
  expect(it.daysLeft()).toBe(1);
  await reach(it, answerWith(200, { date: new Date(clock.now).toUTCString() }));
  expect(it.daysLeft()).toBe(60);
});

test('a clock that was years ahead for a morning costs nothing once the centre is heard', async () => {
  const { clock, open } = await createStation();
  const it = await open();
  clock.now += 3_650 * DAY_MS;
  expect(await it.look()).toBe('fine');
  clock.now = START + 7_200_000;
  await reach(it, answerWith(304, { date: new Date(clock.now).toUTCString() }));
  expect([await it.look(), it.daysLeft()]).toEqual(['fine', 60]);
});

test('where nobody wants it, no number of days is too many', async () => {
  const { clock, open } = await createStation(0);
  clock.now += 9_999 * DAY_MS;
  const it = await open();
  expect([await it.look(), it.daysLeft()]).toEqual(['fine', null]);
});
