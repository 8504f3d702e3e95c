import { stationBundle } from './station-bundle.ts';

// A sandboxed preload is one CommonJS file and can require nothing but electron.
export default stationBundle({
  entry: 'main/electron/preload.ts',
  outDir: 'out/electron',
  fileName: 'preload.cjs',
  format: 'cjs',
});
