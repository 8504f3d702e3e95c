import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';

/** A file as a script that a page can run. */
export async function buildPage(file: URL): Promise<string> {
  const entry = fileURLToPath(file);
  const name = basename(entry, '.ts').replaceAll('-', '_');
  const made = await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, target: 'es2022', lib: { entry, formats: ['iife'], name: `${name}Script` } },
  });
  const [output] = (Array.isArray(made) ? made : [made]) as Rolldown.RolldownOutput[];
  const chunk = output?.output[0];
  if (chunk === undefined) throw new Error(`${name} could not be built`);
  return chunk.code;
}
