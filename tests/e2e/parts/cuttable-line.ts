import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';
import { createPacer, type Pace } from './paced-pipe.ts';

/** A line between a station and the centre that a test can cut, as a TCP proxy on the loopback. */
export type CuttableLine = {
  /** Address the station is given for the central server. */
  url: string;
  /** Every open connection breaks; new ones are refused until `mend`. */
  cut(): void;
  mend(): void;
  /** From now on bytes cross at this pace; `null`: at once. Without root this is what a thin line is made of. */
  pace(pace: Pace | null): void;
  /** A connection breaks once so many more bytes have come down, in all. */
  cutAfter(bytes: number): void;
  /** Nothing crosses and nobody is told, on connections that are open and on new ones. */
  swallow(isOn: boolean): void;
  /** Each end goes on holding the connections that are open, and the other one is gone; new ones work. */
  vanish(): void;
  /**
   * The answer to the next request whose first line begins so (`POST /v1/push`) is thrown away after the centre
   * has sent its first byte, so what was asked is done; then the line works again.
   */
  loseNextAnswer(to: string): void;
  /** How many answers were lost so. */
  lost(): number;
  close(): Promise<void>;
};

export async function openCuttableLine(centralUrl: string): Promise<CuttableLine> {
  const target = new URL(centralUrl);
  const open = new Set<Socket>();
  const gone = new Set<Socket>();
  const pacer = createPacer();
  let bytesToCut = Number.POSITIVE_INFINITY;
  let isCut = false;
  let isSwallowing = false;
  let toLose: string | null = null;
  let lost = 0;

  const server = createServer((near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far = connect(Number(target.port), target.hostname);
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('close', () => open.delete(socket));
      socket.on('error', () => socket.destroy());
    }
    let isLosing = false;
    const up = pacer.open('up', far, () => undefined);
    const down = pacer.open('down', near, (bytes) => {
      bytesToCut -= bytes;
      if (bytesToCut > 0) return;
      bytesToCut = Number.POSITIVE_INFINITY;
      near.destroySoon();
    });
    near.on('data', (bytes) => {
      if (toLose !== null && bytes.toString('latin1').startsWith(toLose)) {
        isLosing = true;
        toLose = null;
      }
      if (!isSwallowing && !gone.has(near)) up(bytes);
    });
    far.on('data', (bytes) => {
      if (isLosing) {
        lost += 1;
        near.destroy();
        far.destroy();
        return;
      }
      if (!isSwallowing && !gone.has(far)) down(bytes);
    });
    endTogether(near, far, gone);
    endTogether(far, near, gone);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const breakAll = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${port}`,
    cut() {
      isCut = true;
      breakAll();
    },
    mend() {
      isCut = false;
    },
    pace: pacer.set,
    cutAfter(bytes) {
      bytesToCut = bytes;
    },
    swallow(isOn) {
      isSwallowing = isOn;
    },
    vanish() {
      for (const socket of open) gone.add(socket);
    },
    loseNextAnswer(to) {
      toLose = to;
    },
    lost: () => lost,
    async close() {
      breakAll();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Of one that has vanished nobody hears that it ended. */
function endTogether(one: Socket, other: Socket, gone: Set<Socket>): void {
  one.on('close', () => {
    if (!gone.delete(one)) other.destroy();
  });
}
