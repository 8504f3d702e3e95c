import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createWindowKeeper } from './window-keeper.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A browser that ends when it is told to, as Chromium does. */
function openKeeper({ keepsSending = true } = {}) {
  const log: string[] = [];
  const browsers: { exit(): void }[] = [];
  const keeper = createWindowKeeper({
    launch(background) {
      const child = new EventEmitter() as EventEmitter & { kill(signal: string): void; exit(): void };
      const name = `${background ? 'background' : 'window'} ${browsers.length + 1}`;
      log.push(`open ${name}`);
      child.exit = () => child.emit('exit');
      child.kill = () => {
        log.push(`kill ${name}`);
        queueMicrotask(child.exit);
      };
      browsers.push(child);
      return child as unknown as ChildProcess;
    },
    keepsSending: () => keepsSending,
    onDone: (reason) => log.push(`done ${reason}`),
  });
  const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms);
  return { keeper, log, browsers, wait };
}

describe('window keeper', () => {
  test('ends when the browser has gone and no page has come back for ten seconds', async () => {
    const { keeper, log, browsers, wait } = openKeeper();
    keeper.open();
    const leave = keeper.pageCame();
    browsers[0]?.exit();
    await wait(60_000);
    leave();
    await wait(9_000);
    const leaveAgain = keeper.pageCame();
    await wait(60_000);
    expect(log).toEqual(['open window 1']);
    leaveAgain();
    await wait(11_000);
    expect(log).toEqual(['open window 1', 'done closed']);
  });

  test('a page that is away while the browser runs ends nothing', async () => {
    const { keeper, log, wait } = openKeeper();
    keeper.open();
    keeper.pageCame()();
    await wait(600_000);
    expect(log).toEqual(['open window 1']);
  });

  test('a browser that was to hand over to the running one and did not ends with it', async () => {
    const { keeper, log, browsers } = openKeeper();
    keeper.open();
    keeper.open();
    keeper.open();
    browsers[1]?.exit();
    await keeper.stop();
    expect(log.slice(3)).toEqual(['kill window 3', 'kill window 1']);
  });

  test('a browser that ends before any page came is told apart', async () => {
    const { keeper, log, browsers, wait } = openKeeper();
    keeper.waitingChanged(3);
    keeper.open();
    browsers[0]?.exit();
    await wait(11_000);
    expect(log).toEqual(['open window 1', 'done never-opened']);
  });

  test('goes on out of sight while something waits, until nothing has waited for a while', async () => {
    const { keeper, log, browsers, wait } = openKeeper();
    keeper.open();
    const leave = keeper.pageCame();
    keeper.waitingChanged(2);
    leave();
    browsers[0]?.exit();
    await wait(11_000);
    expect(log).toEqual(['open window 1', 'open background 2']);
    keeper.pageCame();
    keeper.waitingChanged(0);
    await wait(3_000);
    keeper.waitingChanged(2);
    await wait(60_000);
    expect(log).toEqual(['open window 1', 'open background 2']);
    keeper.waitingChanged(0);
    await wait(6_000);
    expect(log.slice(2)).toEqual(['kill background 2', 'done closed']);
  });

  test('ends with something waiting where the clerk said not to go on', async () => {
    const { keeper, log, browsers, wait } = openKeeper({ keepsSending: false });
    keeper.open();
    keeper.waitingChanged(2);
    keeper.pageCame()();
    browsers[0]?.exit();
    await wait(11_000);
    expect(log).toEqual(['open window 1', 'done closed']);
  });

  test('a start while it goes on out of sight closes that page and opens the window', async () => {
    const { keeper, log, browsers, wait } = openKeeper();
    keeper.open();
    keeper.waitingChanged(2);
    keeper.pageCame()();
    browsers[0]?.exit();
    await wait(11_000);
    const leave = keeper.pageCame();
    keeper.open();
    leave();
    await wait(20_000);
    expect(log).toEqual(['open window 1', 'open background 2', 'kill background 2', 'open window 3']);
    keeper.pageCame();
    keeper.waitingChanged(0);
    await wait(60_000);
    expect(log.length).toBe(4);
  });

  test('gives up on a page out of sight that ends again and again', async () => {
    const { keeper, log, browsers, wait } = openKeeper();
    keeper.open();
    keeper.waitingChanged(2);
    keeper.pageCame()();
    for (let at = 0; at < 10; at += 1) {
      browsers.at(-1)?.exit();
      await wait(11_000);
    }
    expect(log.filter((it) => it.startsWith('open background')).length).toBe(5);
    expect(log.at(-1)).toBe('done closed');
  });
});
