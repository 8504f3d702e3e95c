import type { Central, CentralSnapshots } from '#protocol/central';
import type { FileOutbox, ReplicaPorts } from './ports.ts';

/** Bodies that go up are not seen to go: on a line that hardly carries they take so long. */
const LONGEST_UP_MS = 300_000;
/** What is asked has been answered, or begins to be. */
const LONGEST_DOWN_MS = 45_000;

/** The ways out of this computer, with a sign for whatever comes of them. */
export function createLineSigns(
  { central, files, now }: ReplicaPorts,
  alive: () => void,
): { central: Central; files: FileOutbox; isBusy(): boolean } {
  const running = new Set<{ until: number }>();

  const signed =
    <A extends unknown[], T>(longestMs: number, ask: (...given: A) => Promise<T>) =>
    async (...given: A): Promise<T> => {
      const mine = { until: now() + longestMs };
      running.add(mine);
      try {
        return await ask(...given);
      } finally {
        running.delete(mine);
        alive();
      }
    };

  function signedSnapshots(of: CentralSnapshots): CentralSnapshots {
    return {
      ...of,
      newest: signed(LONGEST_DOWN_MS, of.newest),
      read: signed(LONGEST_DOWN_MS, (...[which, to, signal]: Parameters<CentralSnapshots['read']>) => {
        const loaded = (bytes: number): void => {
          alive();
          to.loaded(bytes);
        };
        const take: typeof to.take = (docs) => to.take(docs).finally(alive);
        return of.read(which, { loaded, take }, signal);
      }) as CentralSnapshots['read'],
    };
  }

  return {
    central: {
      ...central,
      hello: signed(LONGEST_DOWN_MS, central.hello),
      push: signed(LONGEST_UP_MS, central.push),
      pull: signed(LONGEST_DOWN_MS, central.pull) as Central['pull'],
      offer: signed(LONGEST_UP_MS, central.offer),
      ...(central.snapshots === undefined ? {} : { snapshots: signedSnapshots(central.snapshots) }),
    },
    files: { ...files, send: signed(LONGEST_UP_MS, files.send) },
    isBusy: () =>
      [...running].some(({ until }) => now() < until) ||
      // A clock that was set back has heard nothing in what is its future.
      Math.abs(now() - (central.heardAt?.() ?? 0)) < LONGEST_DOWN_MS,
  };
}
