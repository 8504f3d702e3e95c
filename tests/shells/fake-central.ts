import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Heard = { method: string; url: string; headers: IncomingHttpHeaders; body: Buffer };

/** A server on the loopback that keeps what it is asked, and answers as told. */
export async function openFakeCentral(
  answer: (heard: Heard) => { status: number; headers?: Record<string, string>; body?: string | Buffer },
): Promise<{ url: string; heard: Heard[]; close(): Promise<void> }> {
  const heard: Heard[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '', url = '', headers } = request;
    const it = { method, url, headers, body: Buffer.concat(chunks) };
    heard.push(it);
    const { status, headers: own = {}, body = '' } = answer(it);
    response.writeHead(status, own);
    response.end(method === 'HEAD' ? undefined : body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
