import type { Answer, DiskRefusal, PeopleState } from '#contract/station-contract';
import { type Credential, toSecretText } from '#protocol/credentials';
import { askCredentials } from './ask-credentials.ts';
import type { CentralForward } from './central-forward.ts';
import { type Confirmed, createConfirmations } from './confirmations.ts';
import { createQueue } from './durable-file.ts';
import { CLOCKS, type Clocks, createKeptTime } from './kept-time.ts';
import { daysLeft } from './offline-days.ts';
import { readPeople, writePeople } from './people-file.ts';
import { createPeopleWatch } from './people-watch.ts';
import type { Sealer } from './sealer.ts';
import type { Log } from './shell.ts';
import { countTry, NO_TRIES, type Tries, triesLeft } from './sign-in-tries.ts';
import { type VerifySecret, verifyInThread } from './verify-secret.ts';

/** Time that was seen is on the disk this often; so much of it a clock set back could win. */
const KEEP_MS = 5 * 60_000;
const ASK_EVERY_MS = 60 * 60_000;
/** A round of the sync comes every few seconds; the centre is asked for people no oftener than this. */
const ASK_AFTER_ROUND_MS = 10 * 60_000;

export type PeopleOptions = {
  path: string;
  sealer: Sealer;
  forward: CentralForward;
  /** Without an identity there is nothing to ask the centre for. */
  isEnrolled(): boolean;
  log: Log;
  orGiveUp?<T extends { outcome: string }>(write: () => Promise<T | DiskRefusal>): Promise<T | DiskRefusal>;
  verify?: VerifySecret;
  clocks?: Clocks;
};

type Check = Exclude<Answer<'person.signIn'>, { outcome: 'signed-in' }> | { outcome: 'right' };

export type People = {
  signIn(id: string, secret: string): Promise<Answer<'person.signIn'>>;
  /** Whoever is signed in stays it, and nothing is written in his name until he is back. */
  lock(): void;
  unlock(secret: string): Promise<Answer<'person.signIn'>>;
  signOut(): void;
  confirm(
    id: string,
    secret: string,
    of: { caseId: string; type: string },
  ): Promise<Answer<'person.confirm'>>;
  mayWriteAs(by: string): boolean;
  takeConfirmation(it: Confirmed): (() => void) | null;
  watch(signal: AbortSignal): AsyncIterable<PeopleState>;
  /** Asks the centre who may sign in here; resolves when it has answered, or there is no line. */
  ask(): Promise<void>;
  /** A round of the sync has been answered: a line is there. */
  lineIsThere(): void;
  /** This computer is another desk now: who may sign in there, only its centre knows. */
  forget(): Promise<void>;
  /** Seals by the newest key what an older one has sealed. */
  sealAnew(): Promise<void>;
  close(): void;
};

/** Who may sign in at this station, who is, and how often somebody has tried. */
export async function openPeople(options: PeopleOptions): Promise<People> {
  const { path, sealer, forward, isEnrolled, log, verify = verifyInThread, clocks = CLOCKS } = options;
  const orGiveUp = options.orGiveUp ?? ((write) => write());
  const read = await readPeople(path, sealer);
  if (read.state === 'damaged') log('error', 'people-damaged');
  let { people, etag, answeredAt, last } = read.kept;
  const time = createKeptTime(clocks, read.kept.time);
  const opened = clocks.running();
  const tries = new Map(
    Object.entries(read.kept.tries).map(([id, it]) => [id, { ...it, from: opened }] as const),
  );
  const confirmations = createConfirmations(clocks.running);
  const watch = createPeopleWatch(state);
  const [inOrder, writeInOrder] = [createQueue(), createQueue()];
  const life = new AbortController();
  let current: { id: string; locked: boolean } | null = null;
  let asking: Promise<void> | null = null;
  let askedAt = Number.NEGATIVE_INFINITY;

  const daysOf = (it: Credential): number => daysLeft(it.offlineDays, time.now() - answeredAt);
  const waitOf = (id: string): number => {
    const it = tries.get(id);
    return it === undefined ? 0 : Math.max(0, it.waitMs - (clocks.running() - it.from));
  };

  function state(): PeopleState {
    return {
      current,
      last,
      people:
        people?.map((it) => ({ id: it.id, days: daysOf(it), waitMs: Math.round(waitOf(it.id)) })) ?? null,
    };
  }

  const keep = () =>
    writeInOrder(() => {
      const counted = [...tries].map(([id, { wrong }]) => [id, { wrong, waitMs: waitOf(id) }] as const);
      const kept = {
        people,
        etag,
        answeredAt,
        last,
        time: time.toKeep(),
        tries: Object.fromEntries(counted),
      };
      return orGiveUp(() => writePeople(path, sealer, kept));
    });

  function count(id: string, next: Tries): void {
    if (next.wrong === 0) tries.delete(id);
    else tries.set(id, { ...next, from: clocks.running() });
  }

  async function askOnce(): Promise<void> {
    if (!isEnrolled()) return;
    askedAt = clocks.running();
    const answer = await askCredentials(forward, people === null ? null : etag, life.signal);
    if (answer.outcome === 'offline' || life.signal.aborted) return;
    if (answer.at !== null) time.judge(answer.at);
    answeredAt = answer.at ?? time.now();
    if (answer.outcome === 'answered') {
      [people, etag] = [answer.people, answer.etag];
      // Whom the centre knows no more has nothing to do here from now on.
      if (current !== null && !people.some((it) => it.id === current?.id)) leave();
    }
    const kept = await keep();
    if (kept.outcome !== 'saved') log('error', 'people-not-kept', kept);
    watch.changed();
  }

  function ask(): Promise<void> {
    asking ??= askOnce().finally(() => {
      asking = null;
    });
    return asking;
  }

  function leave(): void {
    current = null;
    confirmations.clear();
  }

  /** A try is on the disk before it is looked at: whoever pulls the plug then has used it up. */
  async function check(id: string, secret: string): Promise<Check> {
    const waitMs = waitOf(id);
    if (waitMs > 0) return { outcome: 'wait', waitMs: Math.ceil(waitMs) };
    const isGood = (it: Credential | undefined): it is Credential => it !== undefined && daysOf(it) > 0;
    const find = (): Credential | undefined => people?.find((it) => it.id === id);
    // There may be a line, and then nobody needs to wait for the hour.
    if (!isGood(find())) await ask();
    const known = find();
    if (known === undefined) return { outcome: people === null ? 'never-asked' : 'unknown' };
    if (!isGood(known)) {
      // How late it is must be on the disk before the clock can be set back.
      await keep();
      watch.changed();
      return { outcome: 'no-days' };
    }
    const hashes = [known.pin, known.password].filter((it) => it !== null);
    if (hashes.length === 0) return { outcome: 'unknown' };

    const before = tries.get(id);
    const next = countTry(before ?? NO_TRIES);
    count(id, next);
    const kept = await keep();
    if (kept.outcome !== 'saved') return kept;
    if (await verify(toSecretText(secret), hashes)) {
      count(id, NO_TRIES);
      return { outcome: 'right' };
    }
    watch.changed();
    if (next.waitMs > 0) return { outcome: 'wait', waitMs: Math.ceil(waitOf(id)) };
    return { outcome: 'wrong', left: triesLeft(next) };
  }

  function signIn(id: string, secret: string): ReturnType<People['signIn']> {
    return inOrder(async () => {
      const checked = await check(id, secret);
      if (checked.outcome !== 'right') return checked;
      if (current?.id !== id) confirmations.clear();
      [current, last] = [{ id, locked: false }, id];
      const kept = await keep();
      if (kept.outcome !== 'saved') log('error', 'people-not-kept', kept);
      watch.changed();
      return { outcome: 'signed-in' };
    });
  }

  const timer = setInterval(() => {
    void keep();
    watch.changed();
    if (clocks.running() - askedAt >= ASK_EVERY_MS) void ask();
  }, KEEP_MS);
  timer.unref();
  void ask();

  return {
    signIn,
    unlock: async (secret) => (current === null ? { outcome: 'unknown' } : signIn(current.id, secret)),
    lock() {
      if (current !== null) current = { ...current, locked: true };
      confirmations.clear();
      void keep();
      watch.changed();
    },
    signOut() {
      leave();
      watch.changed();
    },
    confirm: (id, secret, { caseId, type }) =>
      inOrder(async () => {
        if (current === null || current.locked) return { outcome: 'not-signed-in' };
        const by = current.id;
        if (by === id) return { outcome: 'same-person' };
        const checked = await check(id, secret);
        if (checked.outcome !== 'right') return checked;
        confirmations.give({ by, confirmedBy: id, caseId, type });
        void keep();
        return { outcome: 'confirmed' };
      }),
    mayWriteAs: (by) => current !== null && !current.locked && current.id === by,
    takeConfirmation: confirmations.take,
    watch: watch.stream,
    ask,
    lineIsThere() {
      if (people === null || clocks.running() - askedAt >= ASK_AFTER_ROUND_MS) void ask();
    },
    async forget() {
      [people, etag, answeredAt, last] = [null, null, 0, null];
      tries.clear();
      leave();
      await keep();
      void ask();
    },
    async sealAnew() {
      await keep();
    },
    close() {
      clearInterval(timer);
      life.abort();
    },
  };
}
