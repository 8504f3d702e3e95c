import { z } from 'zod';
import type { Answered, Central, Failure, PageEnd, PageOf } from '#protocol/central';
import type { Collection } from '#protocol/collection';
import { ErrorAnswer } from '#protocol/error';
import { HelloAnswer } from '#protocol/hello';
import { OfferAnswer } from '#protocol/offer';
import { POKE_DEAD_MS } from '#protocol/poke';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#protocol/protocol-version';
import { PushAnswer } from '#protocol/push';
import { SnapshotAnswer } from '#protocol/snapshot';
import { SyncReportAnswer } from '#protocol/sync-report';
import { VerifyAnswer } from '#protocol/verify';
import { createHttpSnapshots } from './http-snapshots.ts';
import { createPageBeginning } from './page-beginning.ts';
import { createPokeReader } from './read-poke.ts';
import { createResumePage } from './resume-page.ts';
import { type ReadOutcome, readBody, withStall } from './stalled-body.ts';
import { createUpPace } from './up-pace.ts';

/**
 * A page without a look at its documents: one of a newer shape must not hide the others. The documents
 * are checked one by one where they are taken in.
 */
const Envelope = z.looseObject({
  epoch: z.string(),
  since: z.int().nonnegative(),
  cursor: z.int().nonnegative(),
  head: z.int().nonnegative(),
  more: z.boolean(),
  docs: z.array(z.looseObject({ seq: z.int().positive() })),
});
const EventsEnvelope = Envelope.extend({ chain: z.string() });
const StateEnvelope = Envelope.extend({
  docs: z.array(z.looseObject({ seq: z.int().positive(), doc: z.looseObject({}) })),
});

const COMPRESS_FROM_BYTES = 1_024;
/** A round trip of a satellite, a lost packet and its repetition fit in; a dead line is left soon. */
const STALL_MS = 10_000;

export type HttpCentralOptions = {
  fetch: typeof fetch;
  /** Without `/v1`; a path of our own origin in the window. */
  baseUrl: string;
  now: () => number;
  /** Silence after which a request is given up. */
  stallMs?: number;
  /** Silence after which the channel of heads is. */
  deadMs?: number;
  /** Larger bodies go compressed unless this is false. */
  gzip?: boolean;
};

/** The central server over HTTP. Nothing here rejects: whatever comes back, or does not, is an outcome. */
export function createHttpCentral(options: HttpCentralOptions): Central {
  const pace = createUpPace();
  let heardAt = 0;
  type Init = RequestInit & { body?: Uint8Array<ArrayBuffer> };

  function send(path: string, init: Init, signal: AbortSignal): Promise<Response> {
    return options.fetch(`${options.baseUrl}/v1/${path}`, {
      ...init,
      headers: { ...init.headers, [PROTOCOL_HEADER]: String(PROTOCOL_VERSION) },
      // A captive portal answers with a redirect to its own page.
      redirect: 'manual',
      cache: 'no-store',
      signal,
    });
  }

  async function ask<T>(
    path: string,
    schema: z.ZodType<T>,
    init: Init & { heard?: (text: string) => void },
    signal: AbortSignal,
  ): Promise<Answered<T>> {
    const { heard, ...request } = init;
    const bytes = init.body?.length ?? 0;
    const limits = { stallMs: options.stallMs ?? STALL_MS, sendMs: pace.limitMs(bytes) };
    const startedAt = performance.now();
    const read = await withStall(signal, limits, async (life) => {
      const response = await send(path, request, life.signal);
      life.heard();
      pace.took(bytes, performance.now() - startedAt);
      let text = '';
      await readBody(response, (piece) => {
        life.heard();
        heardAt = options.now();
        text += piece;
        heard?.(text);
      });
      return { response, text };
    });
    if (read.outcome === 'offline') pace.forget();
    return toAnswer(read, schema, options.now());
  }

  const resumePage = createResumePage(({ collection, since, bytes, full }, signal, heard) => {
    const path = `pull/${collection}?since=${since}&bytes=${bytes}${full === true ? '&full=1' : ''}`;
    const schema = collection === 'events' ? EventsEnvelope : StateEnvelope;
    return ask<never>(path, schema as never, { method: 'GET', heard }, signal);
  });

  async function post<T>(path: string, schema: z.ZodType<T>, body: unknown, signal: AbortSignal) {
    return ask(path, schema, { method: 'POST', ...(await toBody(JSON.stringify(body))) }, signal);
  }

  async function toBody(json: string) {
    const headers = { 'content-type': 'application/json' };
    const body = new TextEncoder().encode(json);
    if (options.gzip === false || body.length < COMPRESS_FROM_BYTES) return { headers, body };
    const packed = new Blob([body]).stream().pipeThrough(new CompressionStream('gzip'));
    return {
      headers: { ...headers, 'content-encoding': 'gzip' },
      body: new Uint8Array(await new Response(packed).arrayBuffer()),
    };
  }

  return {
    hello: (body, signal) => post('hello', HelloAnswer, body, signal),
    push: (body, signal) => post('push/events', PushAnswer, body, signal),
    pull: async <C extends Collection>(
      page: { collection: C; since: number; bytes: number },
      signal: AbortSignal,
      begun?: (end: PageEnd) => void,
    ) => {
      const heard = begun === undefined ? undefined : createPageBeginning(begun);
      return (await resumePage(page, signal, heard)) as Answered<PageOf[C]>;
    },
    offer: (body, signal) => post('offer', OfferAnswer, body, signal),
    snapshots: {
      newest: (collection, signal) =>
        ask(`snapshots/${collection}`, SnapshotAnswer, { method: 'GET' }, signal),
      ...createHttpSnapshots(send, (response, text) => toFailure({ response, text }, options.now())),
    },
    heardAt: () => heardAt,
    verify: (body, signal) => post('verify', VerifyAnswer, body, signal),
    syncReport: (signal) => ask('report/sync', SyncReportAnswer, { method: 'GET' }, signal),
    async poke(heads, signal) {
      const limits = { stallMs: options.deadMs ?? POKE_DEAD_MS, sendMs: 0 };
      const read = await withStall(signal, limits, async (life) => {
        const response = await send('poke', { method: 'GET' }, life.signal);
        life.heard();
        const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
        const take = createPokeReader(heads);
        const text = await readBody(response, (piece) => {
          life.heard();
          if (isStream) take(piece);
        });
        return isStream ? null : { response, text };
      });
      if (read.outcome === 'offline') return read;
      if (read.value === null) return { outcome: 'offline', reason: 'cut' };
      return toFailure(read.value, options.now());
    },
  };
}

function toAnswer<T>(
  read: ReadOutcome<{ response: Response; text: string }>,
  schema: z.ZodType<T>,
  now: number,
): Answered<T> {
  if (read.outcome === 'offline') return read;
  const { response, text } = read.value;
  if (response.headers.get('darcha-station') === 'unreachable') {
    return { outcome: 'offline', reason: 'no-line' };
  }
  const isRedirect = response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400);
  if (isRedirect) return { outcome: 'not-central', reason: 'html' };
  const json = parseJson(text);
  if (!response.ok) return toRefusal(response, json, now);
  const answer = schema.safeParse(json);
  return answer.success ? { outcome: 'ok', answer: answer.data } : toStranger(response);
}

/** What an answer says that holds nothing of what was asked for. */
function toFailure(value: { response: Response; text: string }, now: number): Failure {
  return toAnswer({ outcome: 'read', value }, z.never(), now) as Failure;
}

function toRefusal(response: Response, json: unknown, now: number): Failure {
  const body = ErrorAnswer.safeParse(json);
  if (!body.success) return toStranger(response);
  const { error, expected, reason, retryAfterSeconds } = body.data;
  const retryAfterMs =
    retryAfterSeconds === undefined
      ? parseRetryAfter(response.headers.get('retry-after'), now)
      : retryAfterSeconds * 1_000;
  return {
    outcome: 'refused',
    code: error,
    ...(expected === undefined ? {} : { expected }),
    ...(reason === undefined ? {} : { reason }),
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
  };
}

function toStranger(response: Response): Failure {
  const type = response.headers.get('content-type') ?? '';
  return { outcome: 'not-central', reason: type.includes('json') ? 'unreadable' : 'html' };
}

function parseRetryAfter(header: string | null, now: number): number | null {
  if (header === null) return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1_000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
