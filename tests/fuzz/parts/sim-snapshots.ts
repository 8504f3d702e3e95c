import { Buffer } from 'node:buffer';
import type { Answered, CentralSnapshots, Failure, StreamDoc } from '#protocol/central';
import type { ErrorCode } from '#protocol/error';
import type { CentralForward } from '#station/central-forward';
import type { ForwardAnswer } from '#station/own-answer';
import type { Owner } from './scheduler.ts';

const CUT: Failure = { outcome: 'offline', reason: 'cut' };
/** So many at a time, so that a history may be ended between two. */
const DOCS_AT_ONCE = 3;

type Read = CentralSnapshots['read'];

/** The window's part of reading what is packed, without HTTP: it asks its station, as `http-snapshots.ts` does. */
export function createSimSnapshots(around: {
  newest: CentralSnapshots['newest'];
  station: CentralForward;
  asking: Owner;
}): CentralSnapshots {
  const { station, asking } = around;
  const ask = (method: string, of: Parameters<Read>[0]): Promise<ForwardAnswer> =>
    station({
      method,
      path: `/v1/snapshots/${of.collection}/${of.sha256}`,
      headers: {},
      body: null,
      signal: new AbortController().signal,
    });

  async function read(of: Parameters<Read>[0], to: Parameters<Read>[1], signal: AbortSignal) {
    while (!signal.aborted) {
      const answer = await ask('GET', of);
      if (answer.status === 200) return takeLines(await toText(answer), to.take);
      const said = JSON.parse(await toText(answer)) as { have?: number; error: string };
      if (answer.status !== 202) return toFailure(answer, said.error);
      to.loaded(said.have ?? 0);
    }
    return CUT;
  }

  return {
    newest: around.newest,
    read: (of, to, signal) =>
      new Promise((resolve, reject) => {
        const tell = (answer: Answered<null>): void => {
          signal.removeEventListener('abort', giveUp);
          if (!asking.isDead) resolve(answer);
        };
        const giveUp = (): void => tell(CUT);
        signal.addEventListener('abort', giveUp);
        read(of, to, signal).then(tell, reject);
      }),
    drop: async (of) => {
      await ask('DELETE', of);
    },
  };
}

async function takeLines(text: string, take: Parameters<Read>[1]['take']): Promise<Answered<null>> {
  const docs = text
    .split('\n')
    .filter((it) => it !== '')
    .map((it) => JSON.parse(it) as StreamDoc);
  for (let at = 0; at < docs.length; at += DOCS_AT_ONCE) {
    if (!(await take(docs.slice(at, at + DOCS_AT_ONCE)))) break;
  }
  return { outcome: 'ok', answer: null };
}

async function toText({ body }: ForwardAnswer): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const it of body) pieces.push(it);
  return Buffer.concat(pieces).toString('utf8');
}

function toFailure({ headers }: ForwardAnswer, code: string): Failure {
  if (headers['darcha-station'] === 'unreachable') return { outcome: 'offline', reason: 'no-line' };
  return { outcome: 'refused', code: code as ErrorCode };
}
