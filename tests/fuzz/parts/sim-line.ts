import { Buffer } from 'node:buffer';
import type { Answered, Central, CentralSnapshots, Failure } from '#protocol/central';
import { PROTOCOL_VERSION } from '#protocol/protocol-version';
import type { CentralForward, ForwardAsk } from '#station/central-forward';
import type { ForwardAnswer } from '#station/own-answer';
import type { Random } from './random.ts';
import type { Owner, Scheduler } from './scheduler.ts';
import type { Ask, Asker, SimCentral } from './sim-central.ts';
import { type PackedAnswer, toPackedForward } from './sim-packed-bytes.ts';
import type { FileAnswer, FileRequest } from './sim-uploads.ts';

const STALL_MS = 15_000;
const CUT: Failure = { outcome: 'offline', reason: 'cut' };

/** The line of one desk: how much of what goes over it goes wrong, and whether it is there. */
export type LineState = { isCut: boolean; trouble: number; isOld: boolean };

export type SimLine = {
  central: Central;
  newest: CentralSnapshots['newest'];
  verify: NonNullable<Central['verify']>;
  forward: CentralForward;
};

const PACKED = /^\/v1\/snapshots\/([a-z]+)\/([0-9a-f]{64})$/;

/**
 * A line that loses asks and answers, brings them twice and out of turn, and cuts answers short.
 *
 * What is under way stays under way when the desk dies: the centre may still get it.
 */
export function createSimLine(world: {
  scheduler: Scheduler;
  random: Random;
  central: SimCentral;
  caller: Asker;
  /** Who asks: what was answered after its end is heard by nobody. */
  asking: Owner;
  state: LineState;
}): SimLine {
  const { scheduler, random, central, caller, asking, state } = world;
  const net: Owner = { name: `line of ${caller.device}`, isDead: false };

  async function deliver(ask: Ask): Promise<{ text: string } | Failure> {
    await scheduler.step(net, `ask ${ask.name}`);
    if (!central.isUp()) return { outcome: 'offline', reason: 'no-line' };
    // As JSON both ways: nothing is shared by the two ends.
    const sent = ask.name === 'files' ? ask : (JSON.parse(JSON.stringify(ask)) as Ask);
    const protocol = state.isOld ? PROTOCOL_VERSION - 1 : PROTOCOL_VERSION;
    const answer = await central.answer({ ...caller, protocol }, sent);
    await scheduler.step(net, `answer ${ask.name}`);
    return answer;
  }

  function request<T>(ask: Ask, signal?: AbortSignal): Promise<Answered<T>> {
    return new Promise((resolve) => {
      const giveUp = (): void => tell(CUT);
      const tell = (answer: Answered<T>): void => {
        signal?.removeEventListener('abort', giveUp);
        if (!asking.isDead) resolve(answer);
      };
      signal?.addEventListener('abort', giveUp);
      void run(ask).then((it) => tell(it as Answered<T>));
    });
  }

  async function run(ask: Ask): Promise<Answered<unknown>> {
    if (state.isCut) {
      await scheduler.step(net, 'no line');
      return { outcome: 'offline', reason: 'no-line' };
    }
    if (!random.chance(state.trouble)) return read(await deliver(ask));
    switch (random.below(5)) {
      case 0:
        // Of a file some may have arrived.
        if (ask.name === 'files' && random.chance(0.7)) void deliver({ ...ask, request: cut(ask.request) });
        return stall();
      case 1:
        // The work is done, and nobody hears of it.
        void deliver(ask);
        return stall();
      case 2:
        // Some box on the way sends it again, much later.
        void scheduler.sleep(net, random.below(200_000)).then(() => deliver(ask));
        return read(await deliver(ask));
      case 3:
        await deliver(ask);
        return random.chance(0.5) ? CUT : { outcome: 'not-central', reason: 'unreadable' };
      default:
        await scheduler.step(net, 'captive portal');
        return { outcome: 'not-central', reason: 'html' };
    }
  }

  async function stall(): Promise<Failure> {
    await scheduler.sleep(net, STALL_MS);
    return { outcome: 'offline', reason: 'stalled' };
  }

  function cut(whole: FileRequest): FileRequest {
    return { ...whole, body: whole.body.subarray(0, random.below(whole.body.length + 1)), isWhole: false };
  }

  return {
    async forward(ask) {
      const [, collection, sha256] = PACKED.exec(ask.path) ?? [];
      if (collection !== undefined && sha256 !== undefined) {
        const packed: Ask = { name: 'packed', collection, sha256, range: ask.headers.range };
        return toPackedForward(await request<PackedAnswer>(packed, ask.signal), {
          ...world,
          signal: ask.signal,
        });
      }
      const sent = await toRequest(ask);
      return toForwarded(await request<FileAnswer>({ name: 'files', request: sent }, ask.signal));
    },
    verify: (body, signal) => request({ name: 'verify', body }, signal),
    newest: (collection, signal) => request({ name: 'newest', collection }, signal),
    central: {
      syncReport: async () => CUT,
      hello: (body, signal) => request({ name: 'hello', body }, signal),
      push: (body, signal) => request({ name: 'push', body }, signal),
      offer: (body, signal) => request({ name: 'offer', body }, signal),
      pull: ({ collection, since, bytes, full }, signal) => {
        const query = { since: String(since), bytes: String(bytes), ...(full === true ? { full: '1' } : {}) };
        return request({ name: 'pull', collection, query }, signal);
      },
    },
  };
}

function read(answer: { text: string } | Failure): Answered<unknown> {
  return 'text' in answer ? { outcome: 'ok', answer: JSON.parse(answer.text) } : answer;
}

async function toRequest({ method, path, headers, body }: ForwardAsk): Promise<FileRequest> {
  const pieces: Uint8Array[] = [];
  if (body !== null) for await (const piece of body) pieces.push(piece);
  return { method, path, headers, body: Buffer.concat(pieces), isWhole: true };
}

/** As the station's own forward answers what is no answer. */
function toForwarded(answer: Answered<FileAnswer>): ForwardAnswer {
  if (answer.outcome === 'ok') {
    const { status, headers, body } = answer.answer;
    return { status, headers, body: once(body) };
  }
  const status = answer.outcome === 'refused' ? 403 : answer.outcome === 'not-central' ? 200 : 502;
  return { status, headers: {}, body: once('') };
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
