import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What stands between a station and the centre says instead of the centre. */
export type Lie = {
  status: number;
  body: string;
  contentType?: string;
  headers?: Record<string, string>;
  /** The answer breaks off after this many bytes. */
  cutAfter?: number;
};

/** An HTTP proxy between a station and the centre that can answer in the centre's place. */
export type LyingLine = {
  url: string;
  /** From now on requests whose path starts with `path` get this; `null`: the truth again. */
  lie(path: string, lie: Lie | null): void;
  /** How many requests got a lie. */
  told(): number;
  close(): Promise<void>;
};

export async function openLyingLine(centralUrl: string): Promise<LyingLine> {
  const lies = new Map<string, Lie>();
  let told = 0;

  const server = createServer((ask, answer) => {
    const lie = [...lies].find(([path]) => ask.url?.startsWith(path))?.[1];
    if (lie === undefined) return passOn(ask, answer, centralUrl);
    told += 1;
    ask.resume();
    return tell(lie, answer);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    lie(path, lie) {
      if (lie === null) lies.delete(path);
      else lies.set(path, lie);
    },
    told: () => told,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function passOn(ask: IncomingMessage, answer: ServerResponse, centralUrl: string): void {
  const onward = request(`${centralUrl}${ask.url}`, { method: ask.method, headers: ask.headers }, (it) => {
    answer.writeHead(it.statusCode ?? 502, it.headers);
    it.pipe(answer);
  });
  onward.on('error', () => answer.destroy());
  answer.on('close', () => onward.destroy());
  ask.pipe(onward);
}

function tell(
  { status, body, contentType = 'application/json', headers, cutAfter }: Lie,
  answer: ServerResponse,
): void {
  const bytes = Buffer.from(body);
  answer.writeHead(status, { 'content-type': contentType, 'content-length': bytes.length, ...headers });
  if (cutAfter === undefined) {
    answer.end(bytes);
    return;
  }
  answer.write(bytes.subarray(0, cutAfter), () => answer.destroy());
}
