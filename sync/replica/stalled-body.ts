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
 */
export async function withStall<T>(
  signal: AbortSignal,
  stallMs: number,
  work: (request: Request) => Promise<T>,
): Promise<ReadOutcome<T>> {
  const controller = new AbortController();
  const state = { isSilent: false, hasAnswered: false };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      state.isSilent = true;
      controller.abort();
    }, stallMs);
  };
  const stop = () => controller.abort();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  wait();
  try {
    const value = await work({
      signal: controller.signal,
      heard() {
        state.hasAnswered = true;
        wait();
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
export async function readBody(response: Response, heard: () => void): Promise<string> {
  if (response.body === null) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const piece = await reader.read();
    if (piece.done) return text + decoder.decode();
    heard();
    text += decoder.decode(piece.value, { stream: true });
  }
}
