// A proxy before the central server, at its end of a line, that plays a captive portal for as long as its parent says.
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PAGE = { status: 200, contentType: 'text/html', body: '<html>Sign in to the network</html>' };
const [url, host] = process.argv.slice(2);
const { module } = await runnerImport(`${ROOT}tests/e2e/parts/lying-line.ts`, {
  configFile: false,
  logLevel: 'error',
  root: ROOT,
});
const line = await module.openLyingLine(url, host);

process.on('message', ({ id, isOn }) => {
  line.lie('/', isOn ? PAGE : null);
  process.send({ id });
});
process.on('disconnect', () => process.exit(0));
process.send({ id: 0, url: line.url });
