import { once } from 'node:events';
import type { Server } from 'node:http';
import { createServer, type Server as NetServer } from 'node:net';
import { join } from 'node:path';
import { serve } from '#contract/serve';
import type { DiskRefusal } from '#contract/station-contract';
import { claimData } from '#station/claim-data';
import { errorCodeOf } from '#station/disk-refusal';
import type { Erased } from '#station/erase-station';
import type { Log } from '#station/shell';
import { openStation, type StationOptions } from '#station/station';
import type { StationTarget } from '#station/station-options';
import { HOST_NAME } from './guard.ts';
import { createHttp } from './http.ts';
import { launchBrowser } from './launch.ts';
import { createBrowserShell } from './shell.ts';
import { createTokens } from './tokens.ts';
import { createWindowKeeper } from './window-keeper.ts';
import { createWireServer } from './wire.ts';

/** Read off a terminal by a person, or taken by a browser that we start. */
const BOOT_LIFE_MS = { none: 15 * 60_000, app: 60_000 };

export type StartOptions = StationTarget & {
  data: string;
  port: number;
  show: 'app' | 'none';
  /** Program to open windows with; `null` with `show: 'none'`. */
  browser: string | null;
  pages: string;
  version: string;
  recoveryKey: NonNullable<StationOptions['recoveryKey']> | null;
  log: Log;
  onDone(reason: 'closed' | 'never-opened'): void;
};

export type Started =
  | {
      outcome: 'started';
      origin: string;
      newAddress(): string;
      /** What a second start is answered: an address to open, or that the window is shown. */
      onKnock(knock: string): string;
      close(): Promise<void>;
    }
  | { outcome: 'port-in-use' }
  | { outcome: 'other-shell'; shell: string }
  | { outcome: 'locked' }
  | { outcome: 'erased'; erased: Erased }
  | DiskRefusal;

/** Opens the station's services, serves them on the loopback and opens the window. */
export async function startStation(options: StartOptions): Promise<Started> {
  const { port, show, browser, log } = options;
  const origin = `http://${HOST_NAME}:${port}`;
  const tokens = createTokens(Date.now);
  const newAddress = (life: 'app' | 'none') => `${origin}/#${tokens.newBootToken(BOOT_LIFE_MS[life])}`;

  const keeper = createWindowKeeper({
    launch: (background) =>
      launchBrowser({
        program: browser ?? '',
        profile: join(options.data, 'browser-profile'),
        url: newAddress('app'),
        background,
      }),
    keepsSending: () => opened.outcome === 'open' && opened.station.keepsSending(),
    onDone: (reason) => void close().then(() => options.onDone(reason)),
  });
  const shell = createBrowserShell({
    showWindow: keeper.open,
    closeWindow: keeper.closeWindow,
    waitingChanged: keeper.waitingChanged,
  });
  // The port first: who has the port has the window's data, and nothing on the disk is touched before.
  const held = await holdPort(port);
  if (held === null) return { outcome: 'port-in-use' };
  await held();
  const shellOfData = await claimData(options.data, 'browser');
  if (shellOfData !== 'browser') return { outcome: 'other-shell', shell: shellOfData };

  const opened = await openStation({ ...options, dataFolder: options.data, shell });
  if (opened.outcome !== 'open') return opened;
  const { station } = opened;

  const wires = createWireServer(tokens.isSession, (wire) => {
    wire.onClose(keeper.pageCame());
    serve(wire, station.services, (name, error) => log('error', 'bug', { name, error: String(error) }));
  });
  const createServerAt = () =>
    createHttp({
      port: () => port,
      pages: options.pages,
      tokens,
      forward: station.forward,
      onUpgrade: (request, socket, head) =>
        wires.handleUpgrade(request, socket, head, (it) => wires.emit('connection', it, request)),
      log,
    });
  const servers = await listenOnLoopback(createServerAt, port);
  if (servers === null) {
    await station.close();
    return { outcome: 'port-in-use' };
  }

  async function close(): Promise<void> {
    await keeper.stop();
    for (const it of wires.clients) it.terminate();
    for (const it of servers ?? []) {
      it.close();
      it.closeAllConnections();
    }
    if (opened.outcome === 'open') await opened.station.close();
  }

  if (show === 'app') keeper.open();
  return {
    outcome: 'started',
    origin,
    newAddress: () => newAddress(show),
    onKnock(knock) {
      if (show === 'none' || knock === 'none') return newAddress('none');
      keeper.open();
      return 'shown';
    },
    close,
  };
}

/**
 * The same server on both loopback addresses: a browser may try either first, and who answers on the other
 * would be our origin. A computer without IPv6 has only one. `null`: somebody else has the port.
 */
async function listenOnLoopback(create: () => Server, port: number): Promise<Server[] | null> {
  const servers: Server[] = [];
  for (const host of ['127.0.0.1', '::1']) {
    const server = create();
    const refusal = await listens(server, host, port);
    if (refusal === null) servers.push(server);
    else if (refusal === 'EADDRINUSE' || host === '127.0.0.1') {
      for (const it of servers) it.close();
      return null;
    }
  }
  return servers;
}

/** Takes the port, and answers how to let it go; `null`: it is taken. */
async function holdPort(port: number): Promise<(() => Promise<void>) | null> {
  const server = createServer((socket) => socket.destroy());
  if ((await listens(server, '127.0.0.1', port)) !== null) return null;
  return async () => {
    server.close();
    await once(server, 'close');
  };
}

function listens(server: NetServer, host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    server.once('error', (error) => resolve(errorCodeOf(error) ?? 'unknown'));
    server.listen({ host, port, exclusive: true }, () => resolve(null));
  });
}
