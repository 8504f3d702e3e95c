import { AskMessage, type WireErrorCode } from './message.ts';
import { calls, type Services, streams } from './station-contract.ts';
import type { Wire } from './wire.ts';

type Bytes = Uint8Array<ArrayBuffer>;
/** The contract without its names: what is left after a name was looked up at run time. */
type Shape = { ask: Parser; answer: Parser; askBytes?: true; answerBytes?: true };
type Parser = {
  safeParse(value: unknown): { success: boolean; data?: unknown };
  parse(value: unknown): unknown;
};
type CallService = (ask: unknown, bytes: Bytes | null, signal: AbortSignal) => Promise<unknown>;
type StreamService = (ask: unknown, signal: AbortSignal) => AsyncIterable<unknown>;
type Running = { abort: AbortController; next: (() => Promise<void>) | null };

/** A bug of ours, for the station's log: which question, and what was thrown. */
export type OnBug = (name: string, error: unknown) => void;

/**
 * Answers what a screen asks over `wire`, until the wire closes.
 *
 * Every ask is parsed before a service sees it, whichever shell it came by: a page in a browser and a
 * compromised window are the same stranger. What is malformed beyond an id to answer to is dropped.
 */
export function serve(wire: Wire, services: Services, onBug: OnBug): void {
  const running = new Map<number, Running>();

  const fail = (id: number, code: WireErrorCode) => {
    running.delete(id);
    wire.post({ type: 'error', id, code });
  };

  async function answerCall(message: AskMessage & { type: 'call' }, bytes: Bytes | undefined): Promise<void> {
    const { id, name } = message;
    const found = find<CallService>(name, calls, services.calls);
    if (found === null) return void fail(id, 'unknown-name');
    const { shape, service } = found;
    const ask = shape.ask.safeParse(message.ask);
    if (!ask.success || (bytes !== undefined) !== (shape.askBytes === true)) return void fail(id, 'bad-ask');

    const abort = new AbortController();
    running.set(id, { abort, next: null });
    try {
      const reply = await service(ask.data, bytes ?? null, abort.signal);
      if (abort.signal.aborted) return void fail(id, 'cancelled');
      const { answer, bytes: payload } = shape.answerBytes
        ? (reply as { answer: unknown; bytes: Bytes | null })
        : { answer: reply, bytes: null };
      wire.post({ type: 'answer', id, answer: shape.answer.parse(answer) }, payload ?? undefined);
      running.delete(id);
    } catch (error) {
      if (abort.signal.aborted) return void fail(id, 'cancelled');
      onBug(name, error);
      fail(id, 'failed');
    }
  }

  function startStream(message: AskMessage & { type: 'stream' }): void {
    const { id, name } = message;
    const found = find<StreamService>(name, streams, services.streams);
    if (found === null) return void fail(id, 'unknown-name');
    const { shape, service } = found;
    const ask = shape.ask.safeParse(message.ask);
    if (!ask.success) return void fail(id, 'bad-ask');

    const abort = new AbortController();
    const iterator = service(ask.data, abort.signal)[Symbol.asyncIterator]();
    const next = async () => {
      try {
        const item = await iterator.next();
        if (abort.signal.aborted) return;
        if (item.done !== true) {
          wire.post({ type: 'item', id, answer: shape.answer.parse(item.value) });
          return;
        }
        running.delete(id);
        wire.post({ type: 'done', id });
      } catch (error) {
        if (abort.signal.aborted) return;
        onBug(name, error);
        fail(id, 'failed');
      }
    };
    // A generator that waits is woken by the signal; one that stands at a `yield`, by `return`.
    abort.signal.addEventListener('abort', () => void iterator.return?.().catch(() => undefined), {
      once: true,
    });
    running.set(id, { abort, next });
  }

  function cancel(id: number): void {
    const it = running.get(id);
    if (it === undefined) return;
    running.delete(id);
    it.abort.abort();
  }

  wire.onClose(() => {
    for (const id of [...running.keys()]) cancel(id);
  });
  wire.listen((raw, bytes) => {
    const parsed = AskMessage.safeParse(raw);
    if (!parsed.success) return;
    const message = parsed.data;
    switch (message.type) {
      case 'call':
      case 'stream':
        if (running.has(message.id)) return;
        if (message.type === 'call') void answerCall(message, bytes);
        else startStream(message);
        return;
      case 'next':
        void running.get(message.id)?.next?.();
        return;
      case 'cancel':
        cancel(message.id);
    }
  });
}

function find<S>(name: string, shapes: object, services: object): { shape: Shape; service: S } | null {
  if (!Object.hasOwn(shapes, name)) return null;
  return {
    shape: (shapes as Record<string, Shape>)[name] as Shape,
    // The types of `Services` have already paired every name with its ask and answer.
    service: (services as Record<string, unknown>)[name] as S,
  };
}
