import { z } from 'zod';
import type { Answered, Central, Failure, PageOf } from '#protocol/central';
import type { Collection } from '#protocol/collection';
import { EnrolAnswer } from '#protocol/enrol';
import { ErrorAnswer } from '#protocol/error';
import { HelloAnswer } from '#protocol/hello';
import { OfferAnswer } from '#protocol/offer';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#protocol/protocol-version';
import { PushAnswer } from '#protocol/push';
import { SyncReportAnswer } from '#protocol/sync-report';
import { type ReadOutcome, readBody, withStall } from './stalled-body.ts';

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
/** 8 kbit/s: a body that comes up more slowly than this is given up. */
const SLOWEST_BYTES_PER_MS = 1;

export type HttpCentralOptions = {
  fetch: typeof fetch;
  /** Without `/v1`; a path of our own origin in the window. */
  baseUrl: string;
  now: () => number;
  /** Silence after which a request is given up. */
  stallMs?: number;
  /** Larger bodies go compressed unless this is false. */
  gzip?: boolean;
};

/** The central server over HTTP. Nothing here rejects: whatever comes back, or does not, is an outcome. */
export function createHttpCentral(options: HttpCentralOptions): Central {
  async function ask<T>(
    path: string,
    schema: z.ZodType<T>,
    init: RequestInit & { body?: Uint8Array<ArrayBuffer> },
    signal: AbortSignal,
  ): Promise<Answered<T>> {
    const limits = {
      stallMs: options.stallMs ?? 15_000,
      sendMs: (init.body?.length ?? 0) / SLOWEST_BYTES_PER_MS,
    };
    const read = await withStall(signal, limits, async (request) => {
      const response = await options.fetch(`${options.baseUrl}/v1/${path}`, {
        ...init,
        headers: { ...init.headers, [PROTOCOL_HEADER]: String(PROTOCOL_VERSION), accept: 'application/json' },
        // A captive portal answers with a redirect to its own page.
        redirect: 'manual',
        cache: 'no-store',
        signal: request.signal,
      });
      request.heard();
      return { response, text: await readBody(response, request.heard) };
    });
    return toAnswer(read, schema, options.now());
  }

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
    enrol: (body, signal) => post('enrol', EnrolAnswer, body, signal),
    hello: (body, signal) => post('hello', HelloAnswer, body, signal),
    push: (body, signal) => post('push/events', PushAnswer, body, signal),
    async pull<C extends Collection>(
      { collection, since, bytes, full }: { collection: C; since: number; bytes: number; full?: boolean },
      signal: AbortSignal,
    ) {
      const path = `pull/${collection}?since=${since}&bytes=${bytes}${full === true ? '&full=1' : ''}`;
      const schema = collection === 'events' ? EventsEnvelope : StateEnvelope;
      return (await ask<unknown>(path, schema, { method: 'GET' }, signal)) as Answered<PageOf[C]>;
    },
    offer: (body, signal) => post('offer', OfferAnswer, body, signal),
    syncReport: (signal) => ask('report/sync', SyncReportAnswer, { method: 'GET' }, signal),
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

function toRefusal(response: Response, json: unknown, now: number): Failure {
  const body = ErrorAnswer.safeParse(json);
  if (!body.success) return toStranger(response);
  const { error, expected, retryAfterSeconds } = body.data;
  const retryAfterMs =
    retryAfterSeconds === undefined
      ? parseRetryAfter(response.headers.get('retry-after'), now)
      : retryAfterSeconds * 1_000;
  return {
    outcome: 'refused',
    code: error,
    ...(expected === undefined ? {} : { expected }),
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
