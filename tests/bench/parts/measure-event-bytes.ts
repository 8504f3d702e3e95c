import { openThinDesk } from '../../line/thin-desk.ts';
import type { Measured } from '../measured.ts';
import { CODE, openBenchCentral } from './bench-central.ts';
import { keepOpen } from './keep-open.ts';

const EVENTS = 100;

/** What an event costs in a page of a hundred, as another desk gets it and as its own receipt, packed as sent. */
export function measureEventBytes(): Promise<Measured[]> {
  return keepOpen(async (keep) => {
    const central = keep(await openBenchCentral(0));
    const desk = keep(await openThinDesk({ url: central.url, code: CODE, desk: 'Bytes' }));
    for (let recorded = 0; recorded < 108; recorded += 12) await desk.record(12);
    await desk.syncTo({ events: EVENTS });
    const read = (token: string) => measurePage(`${central.url}/v1/pull/events?since=0&bytes=1000000`, token);
    const [theirs, own] = [await read(central.token), await read(desk.token)];
    return [
      { name: 'an event in a page of a hundred, down', value: theirs, unit: 'bytes', target: 95 },
      { name: 'an own event’s receipt in it', value: own, unit: 'bytes', target: 40 },
    ];
  });
}

async function measurePage(url: string, token: string): Promise<number> {
  const answer = await fetch(url, {
    headers: { authorization: `Bearer ${token}`, 'darcha-protocol': '1', 'accept-encoding': 'br' },
  });
  const { docs } = (await answer.json()) as { docs: unknown[] };
  return Number(answer.headers.get('content-length')) / docs.length;
}
