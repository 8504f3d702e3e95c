import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { CentralForward } from './central-forward.ts';
import { createQueue, writeDurably } from './durable-file.ts';
import type { ForwardAnswer } from './own-answer.ts';
import type { Sealer } from './sealer.ts';

const DAY_MS = 86_400_000;
/** A clock that is wrong today is mostly put right tomorrow. */
const GRACE_DAYS = 1;
/** So much of what was seen may be lost with the power. */
const KEEP_EVERY_MS = 3_600_000;
const FILE = 'centre-seen.sealed';

const Seen = z.object({
  /** The highest time that was ever seen, by the clock or the running of this program. */
  highest: z.int(),
  /** Of it, when the centre was last reached. */
  contact: z.int(),
  /** Since when it is too long. */
  overSince: z.int().nullable(),
});
type Seen = z.infer<typeof Seen>;

export type DaysWithoutCentre = {
  /** Notes each answer of the centre that passes. */
  watch(forward: CentralForward): CentralForward;
  /** Until the station is erased; `null`: it never is. */
  daysLeft(): number | null;
  /** Looks at the time; whether it is too long now. */
  look(): Promise<'fine' | 'over'>;
};

/**
 * How long this computer has been without the centre. A clock that is set back gives no day: time goes on from the highest
 * that was seen. One that was wrong ahead has a day to be put right, and the centre's time counts when it is heard.
 */
export async function openDaysWithoutCentre(options: {
  folder: string;
  sealer: Sealer;
  /** Most days; 0: as many as one likes. */
  days: number;
  /** When the station was set up: for where nothing was seen, or what was seen is gone. */
  since: number;
  now(): number;
  runningMs?: () => number;
}): Promise<DaysWithoutCentre> {
  const { folder, sealer, days, since, now, runningMs = () => performance.now() } = options;
  const path = join(folder, FILE);
  const inOrder = createQueue();
  let seen: Seen = (await readSeen(path, sealer)) ?? { highest: since, contact: since, overSince: null };
  let kept = 0;
  let looked = runningMs();

  function advance(): void {
    const ran = runningMs() - looked;
    looked += ran;
    seen = { ...seen, highest: Math.trunc(Math.max(now(), seen.highest + ran)) };
  }

  /** A disk that does not take it loses an hour of what was seen. */
  async function keep(): Promise<void> {
    kept = seen.highest;
    await inOrder(() => writeDurably(path, sealer.seal(Buffer.from(JSON.stringify(seen)), FILE)));
  }

  function hear(answer: ForwardAnswer): void {
    if (!isOfCentre(answer)) return;
    const heard = Date.parse(answer.headers.date ?? '');
    const at = Number.isFinite(heard) ? heard : now();
    looked = runningMs();
    seen = { highest: at, contact: at, overSince: null };
    if (Math.abs(at - kept) > KEEP_EVERY_MS) void keep();
  }

  const end = (): number => seen.contact + days * DAY_MS;

  return {
    watch: (forward) => async (ask) => {
      const answer = await forward(ask);
      hear(answer);
      return answer;
    },
    daysLeft() {
      advance();
      return days === 0 ? null : Math.max(0, Math.ceil((end() - seen.highest) / DAY_MS));
    },
    async look() {
      advance();
      const isOver = days > 0 && seen.highest >= end();
      seen = { ...seen, overSince: isOver ? (seen.overSince ?? seen.highest) : null };
      await keep();
      const { overSince, highest } = seen;
      return overSince !== null && highest - overSince >= GRACE_DAYS * DAY_MS ? 'over' : 'fine';
    },
  };
}

/** Neither one of ours nor a refusal. */
function isOfCentre({ status, headers }: ForwardAnswer): boolean {
  return headers['darcha-station'] === undefined && ((status >= 200 && status < 300) || status === 304);
}

async function readSeen(path: string, sealer: Sealer): Promise<Seen | null> {
  const sealed = await readFile(path).catch(() => null);
  const text = sealed === null ? undefined : sealer.open(sealed, FILE)?.toString('utf8');
  return text === undefined ? null : (Seen.safeParse(JSON.parse(text)).data ?? null);
}
