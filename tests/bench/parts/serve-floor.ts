import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A loopback server of the floor's page, with the centre behind it as the station has it. */
export type FloorServer = { url: string; close(): Promise<void> };

const HTML =
  '<!doctype html><meta charset="utf-8"><title>floor</title><body><script src="/floor.js"></script>';
const CENTRAL = '/central';

export async function serveFloor(
  script: string,
  central: { url: string; token: string },
): Promise<FloorServer> {
  const server = createServer((asked, answer) => {
    const path = asked.url ?? '/';
    if (path.startsWith(`${CENTRAL}/`)) return forward(asked, answer, central);
    const isScript = path === '/floor.js';
    answer.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html' });
    answer.end(isScript ? script : HTML);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function forward(
  asked: IncomingMessage,
  answer: ServerResponse,
  central: { url: string; token: string },
): void {
  const onward = request(`${central.url}${asked.url?.slice(CENTRAL.length)}`, {
    headers: {
      ...asked.headers,
      host: new URL(central.url).host,
      authorization: `Bearer ${central.token}`,
    },
  });
  onward.on('response', (it) => {
    answer.writeHead(it.statusCode ?? 502, it.headers);
    it.pipe(answer);
  });
  onward.on('error', () => answer.destroy());
  onward.end();
}
