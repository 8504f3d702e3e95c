import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { createSocketWire as createPageSocketWire } from '../../renderer/app/socket-wire.ts';
import { runWireTests } from '../../tests/suites/run-wire-tests.ts';
import { createSocketWire } from './wire.ts';

// Node 20 has no WebSocket of its own; that of `ws` keeps to the same interface.
const { WebSocket } = await import('ws');
Object.assign(globalThis, { WebSocket });

runWireTests('WebSocket', async () => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const screen = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  screen.binaryType = 'arraybuffer';
  const [[station]] = await Promise.all([once(server, 'connection'), once(screen, 'open')]);
  server.close();
  return {
    screen: createPageSocketWire(screen as unknown as globalThis.WebSocket),
    station: createSocketWire(station),
  };
});
