import { AnswerMessage, type WireErrorCode } from './message.ts';
import {
  type Answer,
  type Ask,
  type CallName,
  calls,
  type Reply,
  type Station,
  type StreamName,
  streams,
} from './station-contract.ts';
import type { Wire } from './wire.ts';

type Bytes = Uint8Array<ArrayBuffer>;
type Taker = (message: AnswerMessage | { type: 'closed' }, bytes?: Bytes) => void;

/** The station has a bug, is of another build, or is gone (`closed`). What we expect is an answer instead. */
export class StationError extends Error {
  readonly code: WireErrorCode | 'closed';

  constructor(code: WireErrorCode | 'closed', name: string) {
    super(`station: ${name}: ${code}`);
    this.name = 'StationError';
    this.code = code;
  }
}

/** The screen's end of the contract, over any wire. */
export function connect(wire: Wire): Station {
  const takers = new Map<number, Taker>();
  const closeHandlers: (() => void)[] = [];
  let lastId = 0;
  let closed = false;

  wire.listen((raw, bytes) => {
    const parsed = AnswerMessage.safeParse(raw);
    if (parsed.success) takers.get(parsed.data.id)?.(parsed.data, bytes);
  });
  wire.onClose(() => {
    closed = true;
    for (const taker of [...takers.values()]) taker({ type: 'closed' });
    takers.clear();
    for (const handler of closeHandlers) handler();
  });

  function call<N extends CallName>(name: N, ask: Ask<N>, bytes?: Bytes): Promise<Reply<N>> {
    return new Promise((resolve, reject) => {
      if (closed) return reject(new StationError('closed', name));
      const id = ++lastId;
      takers.set(id, (message, payload) => {
        takers.delete(id);
        if (message.type !== 'answer') {
          reject(new StationError(message.type === 'error' ? message.code : 'closed', name));
          return;
        }
        const answer = calls[name].answer.safeParse(message.answer);
        if (!answer.success) return reject(new StationError('failed', name));
        const withBytes = 'answerBytes' in calls[name];
        resolve((withBytes ? { answer: answer.data, bytes: payload ?? null } : answer.data) as Reply<N>);
      });
      wire.post({ type: 'call', id, name, ask }, bytes);
    });
  }

  async function* stream<N extends StreamName>(
    name: N,
    ask: Ask<N>,
    signal?: AbortSignal,
  ): AsyncGenerator<Answer<N>, void, undefined> {
    if (closed) throw new StationError('closed', name);
    if (signal?.aborted) return;
    const id = ++lastId;
    const box = createMailbox<Parameters<Taker>[0] | { type: 'aborted' }>();
    let over = false;
    takers.set(id, (message) => {
      // Whatever ends a stream ends it on the station's side too: there is nothing left to cancel.
      over = over || message.type !== 'item';
      box.put(message);
    });
    const onAbort = () => box.put({ type: 'aborted' });
    signal?.addEventListener('abort', onAbort, { once: true });
    wire.post({ type: 'stream', id, name, ask });
    try {
      for (;;) {
        if (!over) wire.post({ type: 'next', id });
        const message = await box.take();
        if (message.type === 'done' || message.type === 'aborted') return;
        if (message.type === 'error') throw new StationError(message.code, name);
        if (message.type !== 'item') throw new StationError('closed', name);
        const answer = streams[name].answer.safeParse(message.answer);
        if (!answer.success) throw new StationError('failed', name);
        yield answer.data as Answer<N>;
      }
    } finally {
      takers.delete(id);
      signal?.removeEventListener('abort', onAbort);
      if (!over) wire.post({ type: 'cancel', id });
    }
  }

  return {
    call,
    stream,
    onClose(handler) {
      if (closed) handler();
      else closeHandlers.push(handler);
    },
  };
}

/** What came, in order, for one taker who may not be there yet. */
function createMailbox<T>(): { put(message: T): void; take(): Promise<T> } {
  const kept: T[] = [];
  let waiting: ((message: T) => void) | null = null;
  return {
    put(message) {
      if (waiting === null) {
        kept.push(message);
        return;
      }
      waiting(message);
      waiting = null;
    },
    take: () =>
      new Promise((resolve) => {
        const first = kept.shift();
        if (first === undefined) waiting = resolve;
        else resolve(first);
      }),
  };
}
