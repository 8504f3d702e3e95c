import type { Answered, CentralSnapshots, Failure, StreamDoc } from '#protocol/central';
import { withStall } from './stalled-body.ts';

/** Between window and station: a disk that is slow to write what came is not silence. */
const STALL_MS = 60_000;
/** Text that is taken in without a pause for the window: some milliseconds of work. */
const SLICE_CHARS = 48_000;

type Send = (path: string, init: { method: string }, signal: AbortSignal) => Promise<Response>;

/** The part of a central over HTTP that reads packed streams, from the station's disk. */
export function createHttpSnapshots(
  send: Send,
  toFailure: (response: Response, text: string) => Failure,
): Pick<CentralSnapshots, 'read' | 'drop'> {
  type Step = { outcome: 'on-its-way' } | Answered<null>;

  async function step(
    path: string,
    to: Parameters<CentralSnapshots['read']>[1],
    signal: AbortSignal,
  ): Promise<Step> {
    const limits = { stallMs: STALL_MS, sendMs: 0 };
    const read = await withStall(signal, limits, async (life): Promise<Step> => {
      const response = await send(path, { method: 'GET' }, life.signal);
      life.heard();
      const isLines = response.headers.get('content-type')?.startsWith('application/x-ndjson') === true;
      if (response.status === 200 && isLines) return takeLines(response, to.take, life.heard);
      // The centre itself, with no station between that unpacks: there are pages.
      if (response.ok && response.status !== 202) {
        await response.body?.cancel();
        return { outcome: 'refused', code: 'not-found' };
      }
      const text = await response.text();
      if (response.status !== 202) return toFailure(response, text);
      to.loaded(readHave(text));
      return { outcome: 'on-its-way' };
    });
    return read.outcome === 'read' ? read.value : read;
  }

  return {
    async read({ collection, sha256 }, to, signal) {
      for (;;) {
        const outcome = await step(`snapshots/${collection}/${sha256}`, to, signal);
        if (outcome.outcome !== 'on-its-way') return outcome;
      }
    },
    async drop({ collection, sha256 }) {
      const { signal } = new AbortController();
      // It goes with the next one at the latest.
      await send(`snapshots/${collection}/${sha256}`, { method: 'DELETE' }, signal).catch(() => undefined);
    },
  };
}

async function takeLines(
  { body }: Response,
  take: (docs: readonly StreamDoc[]) => Promise<boolean>,
  heard: () => void,
): Promise<Answered<null>> {
  const reader = body?.pipeThrough(new TextDecoderStream() as never).getReader() as
    | ReadableStreamDefaultReader<string>
    | undefined;
  const done = { outcome: 'ok', answer: null } as const;
  if (reader === undefined) return done;
  let text = '';
  for (;;) {
    const piece = await reader.read();
    heard();
    text += piece.value ?? '';
    for (let end = endOfSlice(text, piece.done); end > 0; end = endOfSlice(text, piece.done)) {
      const isWanted = await take(parseLines(text.slice(0, end)));
      text = text.slice(end);
      heard();
      if (!isWanted) {
        await reader.cancel();
        return done;
      }
      await windowsTurn();
    }
    if (piece.done) return done;
  }
}

/** Behind whole lines, as many as are taken in at once; 0: more of them have to come. */
function endOfSlice(text: string, isAll: boolean): number {
  if (text.length < SLICE_CHARS) return isAll ? text.length : 0;
  return text.lastIndexOf('\n', SLICE_CHARS) + 1 || text.indexOf('\n') + 1 || (isAll ? text.length : 0);
}

/** What has come is read without a pause otherwise, and the window waits for all of it. */
function windowsTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

function parseLines(text: string): StreamDoc[] {
  const lines = text.split('\n').filter((it) => it !== '');
  return JSON.parse(`[${lines.join(',')}]`) as StreamDoc[];
}

function readHave(text: string): number {
  try {
    const { have } = JSON.parse(text) as { have?: unknown };
    return typeof have === 'number' ? have : 0;
  } catch {
    return 0;
  }
}
