import type { PeopleState } from '#contract/station-contract';

/** Tells each listener at once, and again after every change; what came in between is told once. */
export function createPeopleWatch(read: () => PeopleState): {
  changed(): void;
  stream(signal: AbortSignal): AsyncIterable<PeopleState>;
} {
  const wakes = new Set<() => void>();
  return {
    changed() {
      for (const wake of wakes) wake();
    },
    async *stream(signal) {
      let isNew = true;
      let wake = (): void => undefined;
      const hear = (): void => {
        isNew = true;
        wake();
      };
      wakes.add(hear);
      signal.addEventListener('abort', hear, { once: true });
      try {
        while (!signal.aborted) {
          isNew = false;
          yield read();
          if (isNew) continue;
          await new Promise<void>((resolve) => {
            wake = resolve;
            if (isNew) resolve();
          });
        }
      } finally {
        wakes.delete(hear);
      }
    },
  };
}
