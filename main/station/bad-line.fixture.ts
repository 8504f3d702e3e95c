import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A line to the centre that breaks, falls silent or changes a byte, as a TCP proxy on the loopback. */
export type BadLine = {
  url: string;
  /** Bytes that went up, headers included. */
  sent(): number;
  cuts(): number;
  close(): Promise<void>;
};

export type LineFaults = {
  /** Each connection breaks after so many bytes up; `most` times in all. */
  cutAfter?: number;
  most?: number;
  /** The first connection to carry so many bytes up carries no more, and stays open. */
  silentAfter?: number;
  /** What goes up, before it goes. */
  change?: (bytes: Buffer) => Buffer;
};

export async function openBadLine(centralUrl: string, faults: LineFaults): Promise<BadLine> {
  const target = new URL(centralUrl);
  const open = new Set<Socket>();
  const { cutAfter = Number.POSITIVE_INFINITY, most = Number.POSITIVE_INFINITY } = faults;
  let [sent, cuts, isSilent] = [0, 0, false];
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    let up = 0;
    for (const it of [near, far]) {
      open.add(it);
      it.on('close', () => open.delete(it));
      it.on('error', () => it.destroy());
    }
    near.on('data', (given) => {
      const left = cuts < most ? Math.max(0, cutAfter - up) : Number.POSITIVE_INFINITY;
      const bytes = faults.change?.(given) ?? given;
      if (!isSilent && faults.silentAfter !== undefined && up + bytes.length > faults.silentAfter) {
        isSilent = true;
        near.removeAllListeners('data');
        near.pause();
        return;
      }
      up += bytes.length;
      sent += Math.min(bytes.length, left);
      if (bytes.length <= left) {
        far.write(bytes);
        return;
      }
      cuts += 1;
      near.destroy();
      far.end(bytes.subarray(0, left));
    });
    far.on('data', (bytes) => near.write(bytes));
    far.on('close', () => near.destroy());
    near.on('close', () => far.end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent: () => sent,
    cuts: () => cuts,
    async close() {
      for (const it of open) it.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
