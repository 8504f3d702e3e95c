import { stationBundle } from './station-bundle.ts';

// The browser shell: one file for Node, with the WebSocket server inside.
export default stationBundle({ entry: 'main/browser/main.ts', outDir: 'out/browser', fileName: 'main.js' });
