export type ReadOutcome<T> =
  | { outcome: 'read'; value: T }
  | { outcome: 'offline'; reason: 'no-line' | 'stalled' | 'cut' };

type Request = {
  signal: AbortSignal;
  /** Call at every sign of life. */
  heard: () => void;
};

/**
 * Runs a request and gives it up when it falls silent, or when it is not wanted any more.
 *
 * A time limit on the whole would end a slow answer that is still coming; silence ends only a dead one.
 * Before the answer begins nothing is heard of a body on its way up: `sendMs` is what it may take besides.
 */
export async function withStall<T>(
  signal: AbortSignal,
  { stallMs, sendMs }: { stallMs: number; sendMs: number },
  work: (request: Request) => Promise<T>,
): Promise<ReadOutcome<T>> {
  const controller = new AbortController();
  const state = { isSilent: false, hasAnswered: false };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      state.isSilent = true;
      controller.abort();
    }, ms);
  };
  const stop = () => controller.abort();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  wait(stallMs + sendMs);
  try {
    const value = await work({
      signal: controller.signal,
      heard() {
        state.hasAnswered = true;
        wait(stallMs);
      },
    });
    return { outcome: 'read', value };
  } catch {
    if (state.isSilent) return { outcome: 'offline', reason: 'stalled' };
    return { outcome: 'offline', reason: state.hasAnswered ? 'cut' : 'no-line' };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

/** The whole body as text; `heard` is called with every piece that comes. */
export async function readBody(response: Response, heard: (piece: string) => void): Promise<string> {
  if (response.body === null) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    const piece = decoder.decode(value, { stream: true });
    text += piece;
    heard(piece);
  }
}
