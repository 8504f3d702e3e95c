import { hash } from 'node:crypto';
import { toCanonicalJson } from '#protocol/chain';
import { toStatement } from '#protocol/statement';
import type { DeviceKey } from './device-key.ts';

const READ_BYTES = 1_000_000;

type Records = { read(from: number, maxBytes: number): Promise<{ n: number; payload: string }[]> };
type Desk = { device: string; key: DeviceKey };

/**
 * The desk's signature of its events `from` to `to`, as they stand in its own journal.
 *
 * What the disk has lost is signed as `others` has it, from the window's memory, or as a bare number: the journal is
 * asked first, so that nobody has something else signed in its place.
 */
export async function signEvents(
  journal: Records,
  { device, key }: Desk,
  { from, to, others }: { from: number; to: number; others: readonly { n: number; payload: string }[] },
): Promise<string> {
  const payloads = new Map(others.map((it) => [it.n, it.payload]));
  for (let next = from; next <= to; ) {
    const records = await journal.read(next, READ_BYTES);
    const last = records.at(-1);
    if (last === undefined) break;
    for (const it of records) payloads.set(it.n, it.payload);
    next = last.n + 1;
  }
  const texts: string[] = [];
  for (let n = from; n <= to; n += 1) texts.push(toText(n, payloads.get(n)));
  return key.sign(toStatement({ device, from, to, hash: hash('sha256', texts.join('\n'), 'hex') }));
}

/** As the replica sends it: what is no event goes as its number. */
function toText(n: number, payload: string | undefined): string {
  return toCanonicalJson({ ...toObject(payload), n });
}

function toObject(payload: string | undefined): object {
  try {
    const value: unknown = JSON.parse(payload ?? 'null');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
