import { MessageChannel, type MessagePort as NodePort } from 'node:worker_threads';
import type { MessagePortMain } from 'electron';
import { createPortWire as createPagePortWire } from '../../renderer/app/port-wire.ts';
import { runWireTests } from '../../tests/suites/run-wire-tests.ts';
import { createPortWire } from './wire.ts';

/** Node's port with the shape of the main process's: the data stands in an event. */
function toMainPort(port: NodePort): MessagePortMain {
  const adapted = {
    on(name: 'message' | 'close', listener: (event?: unknown) => void) {
      if (name === 'close') port.on('close', () => listener());
      // Without a start, Node would begin with the first listener; Electron waits for `start`.
      else port.addEventListener('message', (event) => listener({ data: (event as MessageEvent).data }));
      return adapted;
    },
    start: () => port.start(),
    close: () => port.close(),
    postMessage: (message: unknown) => port.postMessage(message),
  };
  return adapted as unknown as MessagePortMain;
}

runWireTests('message port', async () => {
  const { port1, port2 } = new MessageChannel();
  return {
    screen: createPagePortWire(port1 as unknown as MessagePort),
    station: createPortWire(toMainPort(port2)),
  };
});
