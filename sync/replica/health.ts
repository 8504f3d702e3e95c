import type { CheckParts, Damage } from './health-check.ts';
import { findDamage } from './health-check.ts';
import type { Finding, HealthReport } from './sync-status.ts';

export type Health = {
  report(): HealthReport;
  /** Looks, where it is time to, beside everything else. */
  whenDue(): void;
  /** In a round of the loop, where the line is there: what was found goes, and is pulled again by that round. */
  mend(): Promise<void>;
  close(): void;
};

const EVERY_MS = 6 * 3_600_000;
const MOST_FINDINGS = 20;

/** Finds and mends by itself. Nothing of it is in the way of saving, sending or pulling. */
export function createHealth(options: {
  check: CheckParts;
  now(): number;
  /** Lays over the copies what the journal has and nothing shows; answers how many. */
  showUnseen(): Promise<number>;
  /** `false`: the disk does not let it go now. */
  drop(damage: Damage): Promise<boolean>;
  /** It was looked; `hasFound`: something is to be mended or sent. */
  checked(hasFound: boolean): void;
}): Health {
  const { now } = options;
  const life = new AbortController();
  let checkedAt: number | null = null;
  let running: Promise<void> | null = null;
  let open: { damage: Damage; finding: Finding }[] = [];
  let findings: Finding[] = [];

  function note(finding: Finding): Finding {
    findings = [...findings, finding].slice(-MOST_FINDINGS);
    return finding;
  }

  /** Whether there is something for the loop to do. */
  async function check(): Promise<boolean> {
    const unseen = await options.showUnseen();
    if (unseen > 0) note({ what: 'unseen', collection: 'journal', at: now(), mendedAt: now() });
    const found = await findDamage(options.check, life.signal);
    if (life.signal.aborted) return false;
    open = found.map((damage) => {
      const { what, collection } = damage;
      return { damage, finding: note({ what, collection, at: now(), mendedAt: null }) };
    });
    return unseen + found.length > 0;
  }

  return {
    report: () => ({ checkedAt, findings }),
    whenDue() {
      const isDue = checkedAt === null || now() - checkedAt >= EVERY_MS || now() < checkedAt;
      if (!isDue || running !== null || open.length > 0 || life.signal.aborted) return;
      // A disk that does not let us look is looked at the next time.
      running = check()
        .catch(() => false)
        .then((hasFound) => {
          checkedAt = now();
          running = null;
          if (!life.signal.aborted) options.checked(hasFound);
        });
    },
    async mend() {
      for (const it of open) {
        if (!(await options.drop(it.damage))) continue;
        open = open.filter((other) => other !== it);
        findings = findings.map((other) => (other === it.finding ? { ...other, mendedAt: now() } : other));
      }
    },
    close: () => life.abort(),
  };
}
