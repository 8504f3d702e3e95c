import { stationBundle } from './station-bundle.ts';

// Electron's main process. The preload is built into the same folder, at the same time.
export default stationBundle({ entry: 'main/electron/main.ts', outDir: 'out/electron', fileName: 'main.js' });
