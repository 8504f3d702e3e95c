import type { Socket } from 'node:net';

/** One-way delay, and how much crosses in a second; all connections share it. */
export type Pace = { delayMs: number; downKbps: number; upKbps: number };

type Direction = 'down' | 'up';

const PIECE_BYTES = 1_024;

/** Lets bytes out to sockets as a line of that pace would; whatever is put in comes out in order. */
export function createPacer() {
  let pace: Pace | null = null;
  const freeAt = { down: 0, up: 0 };

  function arrivalMs(direction: Direction, bytes: number): number {
    if (pace === null) return 0;
    const now = performance.now();
    const perMs = (direction === 'down' ? pace.downKbps : pace.upKbps) / 8;
    freeAt[direction] = Math.max(now, freeAt[direction]) + bytes / perMs;
    return freeAt[direction] - now + pace.delayMs;
  }

  return {
    set(to: Pace | null): void {
      pace = to;
    },
    /** A way to one socket, which a process that ends does not wait for; `crossed` is told of each piece. */
    open(direction: Direction, to: Socket, crossed: (bytes: number) => void): (bytes: Buffer) => void {
      let last: Promise<void> = Promise.resolve();
      return (bytes) => {
        for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
          const piece = bytes.subarray(at, at + PIECE_BYTES);
          const ms = arrivalMs(direction, piece.length);
          const due = new Promise<void>((resolve) => setTimeout(resolve, ms).unref());
          last = Promise.all([last, due]).then(() => {
            if (to.destroyed || to.writableEnded) return;
            to.write(piece);
            crossed(piece.length);
          });
        }
      };
    },
  };
}
