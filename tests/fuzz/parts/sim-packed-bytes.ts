import { Buffer } from 'node:buffer';
import type { Answered } from '#protocol/central';
import type { ForwardAnswer } from '#station/own-answer';
import type { Random } from './random.ts';
import type { Owner, Scheduler } from './scheduler.ts';

/** An answer with bytes, as it goes over the simulated line. */
export type PackedAnswer = { status: number; headers: Record<string, string | number>; base64: string };

/** Of an answer that comes in so many bytes at a time some may come, and then no more. */
const PIECE_BYTES = 1_500;
const FOR_EVER_MS = 3_600_000;

type Around = {
  scheduler: Scheduler;
  random: Random;
  asking: Owner;
  signal: AbortSignal;
  state: { isCut: boolean; trouble: number };
};

/** What a station gets of a packed stream: whole, cut, silent from some byte on, or with a byte that is another. */
export function toPackedForward(answer: Answered<PackedAnswer>, around: Around): ForwardAnswer {
  if (answer.outcome === 'refused') {
    const body = JSON.stringify({ error: answer.code });
    return { status: answer.code === 'not-found' ? 404 : 403, headers: {}, body: once(body) };
  }
  if (answer.outcome !== 'ok')
    return { status: 502, headers: { 'darcha-station': 'unreachable' }, body: once('') };
  const { status, base64 } = answer.answer;
  return { status, headers: {}, body: overTheLine(Buffer.from(base64, 'base64'), around) };
}

async function* overTheLine(bytes: Buffer, around: Around): AsyncGenerator<Uint8Array> {
  const { scheduler, random, asking, signal, state } = around;
  const isTroubled = random.chance(state.trouble);
  const end = isTroubled ? random.below(bytes.length + 1) : bytes.length;
  if (isTroubled && random.chance(0.1)) bytes.fill(0, 0, Math.min(1, end));
  for (let at = 0; at < end; at += PIECE_BYTES) {
    await scheduler.step(asking, 'piece');
    if (state.isCut || signal.aborted) throw new Error('cut');
    yield bytes.subarray(at, Math.min(end, at + PIECE_BYTES));
  }
  if (end === bytes.length) return;
  if (random.chance(0.5)) await scheduler.sleep(asking, FOR_EVER_MS, signal);
  throw new Error('cut');
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
