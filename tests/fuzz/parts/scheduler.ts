import type { Random } from './random.ts';

/** Whose work it is: killed together. A window dies with its station, a request with the server. */
export type Owner = { name: string; isDead: boolean };

type Task = { owner: Owner; label: string; run(): void };
type Timer = Task & { at: number };

export type Scheduler = {
  now(): number;
  /** Resolves when chance lets this piece of work happen; never, when its owner dies before. */
  step(owner: Owner, label: string): Promise<void>;
  /** Resolves after so many ms of the world's time, or when it is aborted. */
  sleep(owner: Owner, ms: number, signal?: AbortSignal): Promise<void>;
  kill(owner: Owner): void;
  /** Lets one waiting piece of work happen, or time pass to the next timer; `false`: nothing is left. */
  turn(): Promise<boolean>;
  /** How many pieces of work wait, timers left out. */
  waiting(): number;
  trace: string[];
};

/**
 * All that takes time in a simulated world: disk, database, line and timers wait here, and chance says which is
 * next. Nothing else does, so one seed is one history.
 */
export function createScheduler(random: Random, startAt: number): Scheduler {
  let now = startAt;
  let tasks: Task[] = [];
  let timers: Timer[] = [];
  const trace: string[] = [];

  function next(): Task | undefined {
    if (tasks.length > 0) return tasks.splice(random.below(tasks.length), 1)[0];
    let first: Timer | undefined;
    for (const it of timers) if (first === undefined || it.at < first.at) first = it;
    if (first === undefined) return undefined;
    timers = timers.filter((it) => it !== first);
    now = Math.max(now, first.at);
    return first;
  }

  return {
    now: () => now,
    trace,
    step: (owner, label) =>
      new Promise((resolve) => {
        if (!owner.isDead) tasks.push({ owner, label, run: resolve });
      }),
    sleep: (owner, ms, signal) =>
      new Promise((resolve) => {
        if (owner.isDead) return;
        if (signal?.aborted === true) return resolve();
        const end = (): void => {
          signal?.removeEventListener('abort', end);
          timers = timers.filter((it) => it !== timer);
          if (!owner.isDead) resolve();
        };
        const timer: Timer = { owner, label: 'timer', at: now + ms, run: end };
        timers.push(timer);
        signal?.addEventListener('abort', end);
      }),
    kill(owner) {
      owner.isDead = true;
      tasks = tasks.filter((it) => it.owner !== owner);
      timers = timers.filter((it) => it.owner !== owner);
    },
    async turn() {
      await settled();
      const task = next();
      if (task === undefined) return false;
      // A turn takes time too, or two events would bear one time.
      now += 1 + random.below(40);
      trace.push(`${task.owner.name} ${task.label}`);
      task.run();
      await settled();
      return true;
    },
    waiting: () => tasks.length,
  };
}

/** Everything that only waited for promises has come to where it waits for the world. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
