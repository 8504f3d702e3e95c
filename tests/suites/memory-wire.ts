import type { Wire, WireHandler } from '#contract/wire';

type Message = { message: unknown; bytes: Uint8Array<ArrayBuffer> | undefined };

/** Two ends of a wire within one process: messages arrive later, in order, as copies. */
export function createWirePair(): [Wire, Wire] {
  const left = createEnd();
  const right = createEnd();
  left.join(right);
  right.join(left);
  return [left.wire, right.wire];
}

function createEnd() {
  let other: { receive(it: Message): void; closed(): void } | null = null;
  let handler: WireHandler | null = null;
  let isClosed = false;
  const early: Message[] = [];
  const closeHandlers: (() => void)[] = [];

  const closed = () => {
    if (isClosed) return;
    isClosed = true;
    for (const it of closeHandlers) it();
  };
  const receive = (it: Message) => {
    if (isClosed) return;
    if (handler === null) early.push(it);
    else handler(it.message, it.bytes);
  };
  const wire: Wire = {
    post(message, bytes) {
      if (isClosed) return;
      const copy = { message: structuredClone(message), bytes: bytes && structuredClone(bytes) };
      void Promise.resolve().then(() => other?.receive(copy));
    },
    listen(next) {
      handler = next;
      for (const it of early.splice(0)) next(it.message, it.bytes);
    },
    onClose(it) {
      if (isClosed) it();
      else closeHandlers.push(it);
    },
    close() {
      closed();
      void Promise.resolve().then(() => other?.closed());
    },
  };
  return {
    wire,
    receive,
    closed,
    join(it: { receive(message: Message): void; closed(): void }) {
      other = it;
    },
  };
}
