import { openThinDesk } from '../../line/thin-desk.ts';
import { type Measured, percentile } from '../measured.ts';
import { CODE, openBenchCentral } from './bench-central.ts';
import { keepOpen } from './keep-open.ts';

const EVENTS = 40;

/** From a save at one desk to its event at another that was not asked to look, over the loopback. */
export function measurePoke(): Promise<Measured[]> {
  return keepOpen(async (keep) => {
    const central = keep(await openBenchCentral(0));
    const open = async (desk: string) => keep(await openThinDesk({ url: central.url, code: CODE, desk }));
    const [one, two] = [await open('One'), await open('Two')];
    await Promise.all([one.syncTo({}), two.syncTo({})]);
    const waits: number[] = [];
    for (let event = 1; event <= EVENTS; event++) {
      const savedAt = Date.now();
      await one.record(1);
      await two.syncTo({ events: event });
      waits.push((two.knownAt(event) ?? Number.NaN) - savedAt);
    }
    const row = { unit: 'ms', target: 1_000 } as const;
    return [
      { name: 'a saved event known at another desk, 95 of 100', value: percentile(waits, 0.95), ...row },
    ];
  });
}
