import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** What stands between a station and the centre says instead of the centre. */
export type Lie = {
  status: number;
  body: string;
  contentType?: string;
  headers?: Record<string, string>;
  /** The answer breaks off after this many bytes. */
  cutAfter?: number;
};

/** A JSON answer of the centre into what the station gets in its place. */
type Edit = (answer: Record<string, unknown>) => Record<string, unknown>;

/** An HTTP proxy between a station and the centre that can answer in the centre's place. */
export type LyingLine = {
  url: string;
  /** From now on requests whose path starts with `path` get this; `null`: the truth again. */
  lie(path: string, lie: Lie | null): void;
  /** From now on the centre's own answers on that path are edited on their way; `null`: as they are again. */
  edit(path: string, edit: Edit | null): void;
  /** How many requests got a lie. */
  told(): number;
  close(): Promise<void>;
};

export async function openLyingLine(centralUrl: string, host = '127.0.0.1'): Promise<LyingLine> {
  const lies = new Map<string, Lie>();
  const edits = new Map<string, Edit>();
  let told = 0;

  const server = createServer((ask, answer) => {
    const lie = findFor(lies, ask);
    if (lie === undefined) return passOn(ask, answer, { centralUrl, edit: findFor(edits, ask) });
    told += 1;
    ask.resume();
    return tell(lie, answer);
  });
  server.listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${port}`,
    lie(path, lie) {
      if (lie === null) lies.delete(path);
      else lies.set(path, lie);
    },
    edit(path, edit) {
      if (edit === null) edits.delete(path);
      else edits.set(path, edit);
    },
    told: () => told,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function findFor<T>(byPath: ReadonlyMap<string, T>, ask: IncomingMessage): T | undefined {
  return [...byPath].find(([path]) => ask.url?.startsWith(path))?.[1];
}

function passOn(
  ask: IncomingMessage,
  answer: ServerResponse,
  { centralUrl, edit }: { centralUrl: string; edit: Edit | undefined },
): void {
  const headers = edit === undefined ? ask.headers : { ...ask.headers, 'accept-encoding': 'identity' };
  const onward = request(`${centralUrl}${ask.url}`, { method: ask.method, headers }, async (it) => {
    if (edit !== undefined) {
      const edited = edit((await json(it)) as Record<string, unknown>);
      return tell({ status: it.statusCode ?? 502, body: JSON.stringify(edited) }, answer);
    }
    answer.writeHead(it.statusCode ?? 502, it.headers);
    return it.pipe(answer);
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
