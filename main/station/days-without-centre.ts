import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { CentralForward } from './central-forward.ts';
import { createQueue, writeDurably } from './durable-file.ts';
import { CLOCKS, type Clocks, createKeptTime, SeenTime } from './kept-time.ts';
import type { ForwardAnswer } from './own-answer.ts';
import type { Sealer } from './sealer.ts';

const DAY_MS = 86_400_000;
/** A clock that is wrong today is mostly put right tomorrow. */
const GRACE_DAYS = 1;
/** So much of what was seen may be lost with the power. */
const KEEP_EVERY_MS = 3_600_000;
const FILE = 'centre-seen.sealed';

const Kept = z.object({
  time: SeenTime,
  /** When the centre was last reached. */
  contact: z.int(),
  /** Since when it is too long. */
  overSince: z.int().nullable(),
});
type Kept = z.infer<typeof Kept>;

export type DaysWithoutCentre = {
  /** Notes each answer of the centre that passes. */
  watch(forward: CentralForward): CentralForward;
  /** Until the station is erased; `null`: it never is. */
  daysLeft(): number | null;
  /** Looks at the time; whether it is too long now. */
  look(): Promise<'fine' | 'over'>;
  /** Seals by the newest key what an older one has sealed. */
  sealAnew(): Promise<void>;
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
  clocks?: Clocks;
}): Promise<DaysWithoutCentre> {
  const { folder, sealer, days, since, clocks = CLOCKS } = options;
  const path = join(folder, FILE);
  const inOrder = createQueue();
  const kept = await readKept(path, sealer);
  const time = createKeptTime(clocks, kept?.time ?? { seen: since, behind: 0 });
  let { contact, overSince } = kept ?? { contact: since, overSince: null };
  let keptAt = 0;

  /** A disk that does not take it loses an hour of what was seen. */
  async function keep(): Promise<void> {
    keptAt = time.now();
    const now: Kept = { time: time.toKeep(), contact, overSince };
    await inOrder(() => writeDurably(path, sealer.seal(Buffer.from(JSON.stringify(now)), FILE)));
  }

  function hear(answer: ForwardAnswer): void {
    if (!isOfCentre(answer)) return;
    const heard = Date.parse(answer.headers.date ?? '');
    if (Number.isFinite(heard)) time.judge(heard);
    [contact, overSince] = [Math.round(time.now()), null];
    if (Math.abs(contact - keptAt) > KEEP_EVERY_MS) void keep();
  }

  const end = (): number => contact + days * DAY_MS;

  return {
    watch: (forward) => async (ask) => {
      const answer = await forward(ask);
      hear(answer);
      return answer;
    },
    daysLeft: () => (days === 0 ? null : Math.max(0, Math.ceil((end() - time.now()) / DAY_MS))),
    async look() {
      const now = Math.round(time.now());
      overSince = days > 0 && now >= end() ? (overSince ?? now) : null;
      await keep();
      return overSince !== null && now - overSince >= GRACE_DAYS * DAY_MS ? 'over' : 'fine';
    },
    sealAnew: keep,
  };
}

/** Neither one of ours nor a refusal. */
function isOfCentre({ status, headers }: ForwardAnswer): boolean {
  return headers['darcha-station'] === undefined && ((status >= 200 && status < 300) || status === 304);
}

async function readKept(path: string, sealer: Sealer): Promise<Kept | null> {
  const sealed = await readFile(path).catch(() => null);
  const text = sealed === null ? undefined : sealer.open(sealed, FILE)?.toString('utf8');
  return text === undefined ? null : (Kept.safeParse(JSON.parse(text)).data ?? null);
}
