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
  const running = new Set<{ since: number; longestMs: number }>();
  /** A clock that was set back says nothing of what it calls the future. */
  const isWithin = (ms: number, since: number): boolean => Math.abs(now() - since) < ms;

  const signed =
    <A extends unknown[], T>(longestMs: number, ask: (...given: A) => Promise<T>) =>
    async (...given: A): Promise<T> => {
      const mine = { since: now(), longestMs };
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
      [...running].some(({ since, longestMs }) => isWithin(longestMs, since)) ||
      isWithin(LONGEST_DOWN_MS, central.heardAt?.() ?? 0),
  };
}
