import type { Stop } from './replica.ts';

export type Topic = 'cases' | 'events' | 'services' | 'reference' | 'staff' | 'drafts' | 'status';

export type ChangeSignal = {
  emit(...topics: Topic[]): void;
  on(topics: readonly Topic[], handler: () => void): Stop;
};

/** Says that something changed, never what: whoever shows it reads again. */
export function createChangeSignal(): ChangeSignal {
  const handlers = new Map<() => void, readonly Topic[]>();
  return {
    emit(...topics) {
      for (const [handler, wanted] of handlers) {
        if (wanted.some((it) => topics.includes(it))) handler();
      }
    },
    on(topics, handler) {
      const own = () => handler();
      handlers.set(own, topics);
      return () => handlers.delete(own);
    },
  };
}

/**
 * Calls the listener with what `read` gives, at once and after every change.
 *
 * One read at a time: changes that come meanwhile are answered by one more.
 */
export function watchQuery<T>(
  signal: ChangeSignal,
  topics: readonly Topic[],
  read: () => Promise<T>,
  listener: (value: T) => void,
): Stop {
  let isStopped = false;
  let isRunning = false;
  let isStale = true;
  async function run(): Promise<void> {
    isRunning = true;
    try {
      while (isStale && !isStopped) {
        isStale = false;
        const value = await read();
        if (!isStopped) listener(value);
      }
    } catch (error) {
      // A read that fails while the replica closes has nobody left to tell.
      if (!isStopped) throw error;
    } finally {
      isRunning = false;
    }
  }
  const off = signal.on(topics, () => {
    isStale = true;
    if (!isRunning) void run();
  });
  void run();
  return () => {
    isStopped = true;
    off();
  };
}
