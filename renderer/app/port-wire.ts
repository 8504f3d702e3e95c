import type { Wire, WireHandler } from '#contract/wire';

type Bytes = Uint8Array<ArrayBuffer>;
type Posted = { message: unknown; bytes?: Bytes };

/** A wire over a message port, which copies bytes as bytes. */
export function createPortWire(port: MessagePort): Wire {
  let isClosed = false;
  const closeHandlers: (() => void)[] = [];
  const closed = () => {
    if (isClosed) return;
    isClosed = true;
    for (const it of closeHandlers) it();
  };
  port.addEventListener('close', closed);
  return {
    post(message, bytes) {
      if (!isClosed)
        port.postMessage((bytes === undefined ? { message } : { message, bytes }) satisfies Posted);
    },
    listen(handler: WireHandler) {
      port.onmessage = ({ data }: MessageEvent<Posted>) => {
        if (!isClosed) handler(data.message, data.bytes);
      };
      // Until now the port has kept what came.
      port.start();
    },
    onClose(it) {
      if (isClosed) it();
      else closeHandlers.push(it);
    },
    close() {
      port.close();
      closed();
    },
  };
}
