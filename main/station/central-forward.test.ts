import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { createCentralForward, type ForwardAsk } from './central-forward.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const it of servers.splice(0)) {
    it.close();
    it.closeAllConnections();
  }
});

async function serve(handler: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(handler as never);
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const ask = (more: Partial<ForwardAsk> = {}): ForwardAsk => ({
  method: 'GET',
  path: '/v1/x',
  headers: {},
  body: null,
  signal: new AbortController().signal,
  ...more,
});

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

describe('forwarding to the centre', () => {
  test('without a line answers 502 and says so', async () => {
    const forward = createCentralForward('http://127.0.0.1:9', () => null);
    const { status, headers, body } = await forward(ask());
    expect([status, headers['darcha-station'], await textOf(body)]).toEqual([
      502,
      'unreachable',
      '{"error":"unreachable"}',
    ]);
  });

  test('a token that no header can hold is one the centre does not know', async () => {
    const url = await serve((_request, response) => response.end());
    const statuses = ['\0secret', 'тайна', 'two\nlines', ''].map(async (token) => {
      const { status, body } = await createCentralForward(url, () => token)(ask());
      return [status, await textOf(body)];
    });
    const refused = [401, '{"error":"unauthorised"}'];
    expect(await Promise.all(statuses)).toEqual([refused, refused, refused, refused]);
  });

  test('unpacks what is packed, and keeps a prefix of the address', async () => {
    const text = 'ўзбек '.repeat(5_000);
    const url = await serve((request, response) => {
      const isBrotli = request.url === '/darcha/v1/br';
      response.setHeader('content-encoding', isBrotli ? 'br' : 'gzip');
      response.end(isBrotli ? brotliCompressSync(text) : gzipSync(text));
    });
    const forward = createCentralForward(`${url}/darcha/`, () => 'secret');
    for (const path of ['/v1/br', '/v1/gzip']) {
      const { headers, body } = await forward(ask({ path }));
      expect([headers['content-encoding'], headers['content-length'], await textOf(body)]).toEqual([
        undefined,
        undefined,
        text,
      ]);
    }
  });

  test('an answer that is cut off breaks off, packed or not, and is never taken for a whole one', async () => {
    const packed = gzipSync(
      Buffer.from(Array.from({ length: 50_000 }, () => Math.floor(Math.random() * 256))),
    );
    const url = await serve((request, response) => {
      if (request.url === '/v1/gzip') response.setHeader('content-encoding', 'gzip');
      response.setHeader('content-length', packed.length);
      response.write(packed.subarray(0, packed.length / 2), () =>
        setTimeout(() => request.socket.destroy(), 20),
      );
    });
    const forward = createCentralForward(url, () => null);
    for (const path of ['/v1/plain', '/v1/gzip']) {
      const { body } = await forward(ask({ path }));
      await expect(textOf(body)).rejects.toThrow();
    }
  });

  test('gives on what has come before the rest is there, and lets go when its asker does', async () => {
    let held: Socket | undefined;
    const url = await serve((request, response) => {
      held = request.socket;
      response.write('first');
    });
    const abort = new AbortController();
    const { body } = await createCentralForward(url, () => null)(ask({ signal: abort.signal }));
    const iterator = body[Symbol.asyncIterator]();
    expect(Buffer.from((await iterator.next()).value as Uint8Array).toString()).toBe('first');
    abort.abort();
    await expect(iterator.next()).rejects.toThrow();
    await expect.poll(() => held?.destroyed).toBe(true);
  });
});
