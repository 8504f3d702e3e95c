import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createCentralForward } from '#station/central-forward';
import { openSnapshotFiles, type SnapshotFiles } from '#station/snapshot-files';
import { testSealer } from '../../../main/station/sealer.fixture.ts';

/** A loopback server of the floor's page, with the centre behind it as the station has it. */
export type FloorServer = { url: string; close(): Promise<void> };

const HTML =
  '<!doctype html><meta charset="utf-8"><title>floor</title><body><script src="/floor.js"></script>';
const CENTRAL = '/central';

export async function serveFloor(
  script: string,
  central: { url: string; token: string },
): Promise<FloorServer> {
  const folder = await mkdtemp(join(tmpdir(), 'darcha-bench-floor-'));
  const files = openSnapshotFiles(
    createCentralForward(central.url, () => central.token),
    folder,
    testSealer,
  );
  const server = createServer((asked, answer) => {
    const path = asked.url ?? '/';
    if (path.startsWith(`${CENTRAL}/`)) {
      forward(asked, answer, files, path.slice(CENTRAL.length)).catch(() => answer.destroy());
      return;
    }
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
      files.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function forward(
  asked: IncomingMessage,
  answer: ServerResponse,
  files: SnapshotFiles,
  path: string,
): Promise<void> {
  const broken = new AbortController();
  answer.on('close', () => broken.abort());
  const { method = 'GET' } = asked;
  const headers = asked.headers as Record<string, string>;
  const it = await files.forward({ method, path, headers, body: null, signal: broken.signal });
  answer.writeHead(it.status, it.headers);
  await pipeline(Readable.from(it.body, { objectMode: false }), answer);
}
