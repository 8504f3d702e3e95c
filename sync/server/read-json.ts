import { promisify } from 'node:util';
import { brotliDecompress, gunzip } from 'node:zlib';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { LIMITS } from './context.ts';

const unpackers = { gzip: promisify(gunzip), br: promisify(brotliDecompress) };

/** The body is no JSON of ours: cut in half, a page of a captive portal, packed in a way we do not know. */
export class Unreadable extends Error {}

/** Nothing of ours is nested half as deeply; what walks through a body would run out of stack. */
const DEEPEST = 64;

/** The body is larger than the limit once it is unpacked. */
export class TooLarge extends Error {}

/** Reads JSON bodies, packed or not, whatever type they are called by. */
export function addJsonReader(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, async ({ headers }: FastifyRequest, body: Buffer) =>
    parse(await unpack(body, headers['content-encoding'])),
  );
}

async function unpack(body: Buffer, encoding = 'identity'): Promise<Buffer> {
  if (encoding === 'identity') return body;
  if (encoding !== 'gzip' && encoding !== 'br') throw new Unreadable('unknown content-encoding');
  try {
    return await unpackers[encoding](body, { maxOutputLength: LIMITS.bodyBytes });
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw new TooLarge('unpacked body');
    throw new Unreadable('the packed body is broken');
  }
}

function parse(body: Buffer): unknown {
  if (isTooDeep(body)) throw new Unreadable('nested too deeply');
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new Unreadable('the body is no JSON');
  }
}

/** By its brackets outside of texts, before anything is made of it. */
function isTooDeep(body: Buffer): boolean {
  let depth = 0;
  let isText = false;
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at];
    if (isText) {
      if (byte === BACKSLASH) at += 1;
      else isText = byte !== QUOTE;
    } else if (byte === QUOTE) isText = true;
    else depth += toStep(byte);
    if (depth > DEEPEST) return true;
  }
  return false;
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c];

function toStep(byte: number | undefined): number {
  if (byte === 0x5b || byte === 0x7b) return 1;
  return byte === 0x5d || byte === 0x7d ? -1 : 0;
}
