import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';

const packBrotli = promisify(brotliCompress);
const packGzip = promisify(gzip);

/** Below this a packet is a packet. */
const WORTH_IT_BYTES = 600;
const BROTLI_QUALITY = 5;

/** Packs answers as the asker can unpack them: brotli before gzip, at a quality that costs no waiting. */
export function addAnswerPacking(server: FastifyInstance): void {
  server.addHook('onSend', async (request, reply, payload) => {
    if (typeof payload !== 'string' || payload.length < WORTH_IT_BYTES) return payload;
    reply.header('vary', 'accept-encoding');
    const encoding = chooseEncoding(String(request.headers['accept-encoding'] ?? ''));
    if (encoding === null) return payload;
    const packed = await (encoding === 'br' ? toBrotli(payload) : packGzip(payload));
    reply.header('content-encoding', encoding);
    reply.header('content-length', packed.length);
    return packed;
  });
}

function chooseEncoding(accepted: string): 'br' | 'gzip' | null {
  const known = accepted.split(',').map((it) => it.trim().toLowerCase());
  const has = (name: string): boolean =>
    known.some((it) => new RegExp(`^${name}(;(?!q=0(\\.0*)?$)|$)`).test(it));
  if (has('br')) return 'br';
  return has('gzip') ? 'gzip' : null;
}

function toBrotli(text: string): Promise<Buffer> {
  return packBrotli(text, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
    },
  });
}
