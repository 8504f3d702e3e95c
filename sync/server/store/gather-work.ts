/** How many transactions run at a time, and how many jobs share one at the most. */
export type GatherLimits = { running: number; most: number };

type OfCentre = { centreId: number };
type Waiting<Job, Outcome> = { job: Job; resolve(outcome: Promise<Outcome>): void };

/**
 * Gathers what comes while as many transactions as may be are under way, so that it shares the next one: its ways to
 * the database, and its flush. Who comes alone goes alone, and at once.
 *
 * A centre has one job at a time: a second would wait for the locks of the first, and all that share its transaction
 * with it. The jobs of a group are in order of their centres, so that groups never wait for each other in a ring.
 */
export function createGatherer<Job extends OfCentre, Outcome>(
  work: (jobs: readonly Job[]) => Promise<Promise<Outcome>[]>,
  { running: mayRun, most }: GatherLimits,
): (job: Job) => Promise<Outcome> {
  const waiting = new Set<Waiting<Job, Outcome>>();
  const busy = new Set<number>();
  let running = 0;

  function takeGroup(): Waiting<Job, Outcome>[] {
    const group: Waiting<Job, Outcome>[] = [];
    for (const it of waiting) {
      if (group.length === most) break;
      if (busy.has(it.job.centreId)) continue;
      busy.add(it.job.centreId);
      waiting.delete(it);
      group.push(it);
    }
    return group.sort((a, b) => a.job.centreId - b.job.centreId);
  }

  function start(): void {
    while (running < mayRun) {
      const group = takeGroup();
      if (group.length === 0) return;
      running += 1;
      void run(group);
    }
  }

  async function run(group: readonly Waiting<Job, Outcome>[]): Promise<void> {
    const outcomes = await work(group.map((it) => it.job));
    for (const [index, it] of group.entries()) it.resolve(outcomes[index] as Promise<Outcome>);
    await Promise.allSettled(outcomes);
    for (const it of group) busy.delete(it.job.centreId);
    running -= 1;
    start();
  }

  return (job) =>
    new Promise((resolve) => {
      waiting.add({ job, resolve });
      // Who comes in the same turn of the program travels along.
      queueMicrotask(start);
    });
}
