import { ipcRenderer } from 'electron';

// What there is of a window here; the page's own world stays out of reach.
type Page = {
  location: { origin: string };
  addEventListener(type: 'message', listener: (event: { source: unknown; data: unknown }) => void): void;
  postMessage(message: unknown, targetOrigin: string, transfer: readonly unknown[]): void;
};
const page = globalThis as unknown as Page;

// Passes one message port to the page when it asks, and exposes nothing.
page.addEventListener('message', ({ source, data }) => {
  if (source === page && data === 'darcha-port-wanted') ipcRenderer.send('station-port');
});
ipcRenderer.on('station-port', ({ ports }) => {
  page.postMessage('darcha-port', page.location.origin, ports);
});
