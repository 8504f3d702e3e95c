import { WebSocket, WebSocketServer } from 'ws';
import { decodeFrame, encodeFrame, parseJson } from '#contract/frame';
import { MAX_FILE_BYTES } from '#contract/station-contract';
import type { Wire, WireHandler } from '#contract/wire';

type Bytes = Uint8Array<ArrayBuffer>;

/** Close code for a session that this process did not give: the host was started again. */
export const NO_SESSION = 4401;
/** Close code for a page whose place a newer one has taken. */
export const MOVED = 4409;
const HELLO_MS = 10_000;
const BEAT_MS = 15_000;
// Above the largest file, so that one that is too large gets an answer and not a broken wire.
const LARGEST_MESSAGE_BYTES = 4 * MAX_FILE_BYTES;

/**
 * Takes WebSockets in, and hands over a wire once the page has shown its session.
 *
 * One page at a time: two would sync and write the same database. The newest is the one the clerk looks at.
 */
export function createWireServer(
  isSession: (token: string) => boolean,
  onPage: (wire: Wire) => void,
): WebSocketServer {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: LARGEST_MESSAGE_BYTES,
    perMessageDeflate: false,
  });
  let current: WebSocket | null = null;
  server.on('connection', (socket) => {
    const late = setTimeout(() => socket.close(NO_SESSION), HELLO_MS);
    socket.on('error', () => socket.terminate());
    socket.on('close', () => clearTimeout(late));
    socket.once('message', (data, isBinary) => {
      clearTimeout(late);
      const session = isBinary ? null : toSession(parseJson(String(data))?.value);
      if (session === null || !isSession(session)) {
        socket.close(NO_SESSION);
        return;
      }
      current?.close(MOVED);
      current = socket;
      keepBeating(socket);
      socket.send(JSON.stringify({ session: 'ok' }));
      onPage(createSocketWire(socket));
    });
  });
  return server;
}

/** A wire over an open WebSocket of this process: text for a message, a frame for one with bytes. */
export function createSocketWire(socket: WebSocket): Wire {
  let handler: WireHandler | null = null;
  const early: [unknown, Bytes | undefined][] = [];
  const closeHandlers: (() => void)[] = [];
  let isClosed = socket.readyState >= WebSocket.CLOSING;

  const take: WireHandler = (message, bytes) => {
    if (isClosed) return;
    if (handler === null) early.push([message, bytes]);
    else handler(message, bytes);
  };
  const closed = () => {
    if (isClosed) return;
    isClosed = true;
    for (const it of closeHandlers) it();
  };
  socket.binaryType = 'nodebuffer';
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    if (isBinary) {
      const frame = decodeFrame(data);
      if (frame !== null) take(frame.message, frame.bytes);
    } else {
      const text = parseJson(data.toString('utf8'));
      if (text !== null) take(text.value);
    }
  });
  socket.on('close', closed);
  return {
    post(message, bytes) {
      if (isClosed || socket.readyState !== WebSocket.OPEN) return;
      socket.send(
        bytes === undefined ? JSON.stringify(message) : encodeFrame(message, bytes),
        () => undefined,
      );
    },
    listen(next) {
      handler = next;
      for (const [message, bytes] of early.splice(0)) next(message, bytes);
    },
    onClose(it) {
      if (isClosed) it();
      else closeHandlers.push(it);
    },
    close() {
      socket.close();
      closed();
    },
  };
}

/** A page whose process was killed leaves no word: without an answer to a beat it is gone. */
function keepBeating(socket: WebSocket): void {
  let isAlive = true;
  socket.on('pong', () => {
    isAlive = true;
  });
  const beat = setInterval(() => {
    if (!isAlive) return socket.terminate();
    isAlive = false;
    socket.ping();
  }, BEAT_MS);
  socket.on('close', () => clearInterval(beat));
}

/** The first message of a page: `{ session }`. */
function toSession(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('session' in value)) return null;
  return typeof value.session === 'string' ? value.session : null;
}
