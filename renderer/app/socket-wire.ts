import { decodeFrame, encodeFrame, parseJson } from '#contract/frame';
import type { Wire, WireHandler } from '#contract/wire';

type Bytes = Uint8Array<ArrayBuffer>;

/** Opens the wire to a station behind a WebSocket; `null` if it does not know this session, or is not there. */
export function openSocketWire(url: string, session: string): Promise<Wire | null> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url);
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('open', () => socket.send(JSON.stringify({ session })));
    // The first message says that the session is good; what the station has to say comes after our asks.
    socket.addEventListener('message', () => resolve(createSocketWire(socket)), { once: true });
    socket.addEventListener('close', () => resolve(null), { once: true });
  });
}

/** A wire over an open WebSocket of a page: text for a message, a frame for one with bytes. */
export function createSocketWire(socket: WebSocket): Wire {
  let handler: WireHandler | null = null;
  let isClosed = false;
  const early: [unknown, Bytes | undefined][] = [];
  const closeHandlers: (() => void)[] = [];

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
  socket.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
    if (typeof data === 'string') {
      const text = parseJson(data);
      if (text !== null) take(text.value);
    } else {
      const frame = decodeFrame(new Uint8Array(data));
      if (frame !== null) take(frame.message, frame.bytes);
    }
  });
  socket.addEventListener('close', closed);
  return {
    post(message, bytes) {
      if (isClosed || socket.readyState !== WebSocket.OPEN) return;
      socket.send(bytes === undefined ? JSON.stringify(message) : encodeFrame(message, bytes));
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
