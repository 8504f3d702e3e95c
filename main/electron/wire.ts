import type { MessagePortMain } from 'electron';
import type { Wire } from '#contract/wire';

type Posted = { message: unknown; bytes?: Uint8Array<ArrayBuffer> };

/** A wire over the main process's end of a message channel. */
export function createPortWire(port: MessagePortMain): Wire {
  let isClosed = false;
  const closeHandlers: (() => void)[] = [];
  const closed = () => {
    if (isClosed) return;
    isClosed = true;
    for (const it of closeHandlers) it();
  };
  port.on('close', closed);
  return {
    post(message, bytes) {
      if (isClosed) return;
      // A view is copied with all of the buffer behind it, so the buffer is made to fit.
      port.postMessage(
        (bytes === undefined ? { message } : { message, bytes: bytes.slice() }) satisfies Posted,
      );
    },
    listen(handler) {
      port.on('message', ({ data }: { data: Posted }) => {
        if (!isClosed) handler(data.message, data.bytes);
      });
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
