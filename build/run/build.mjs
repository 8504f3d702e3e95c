// npm run build [-- NAME...]: makes out/ from the sources. Without names: everything.
import './node-version.mjs';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildBundles } from './build-bundles.mjs';
import { BUNDLES } from './bundles.mjs';
import { ensurePackages } from './packages.mjs';
import { ROOT } from './root.mjs';
import { EXIT, runCommand, Stop, say } from './say.mjs';

await runCommand(async () => {
  const names = process.argv.slice(2);
  const all = BUNDLES.map((it) => it.name);
  const unknown = names.find((it) => !all.includes(it));
  if (unknown !== undefined) {
    throw new Stop(`there is no bundle named ${unknown}.`, `choose from: ${all.join(', ')}.`, EXIT.usage);
  }
  await ensurePackages();
  const began = Date.now();
  const built = await buildBundles({ anyway: true, ...(names.length > 0 ? { names } : {}) });
  say();
  for (const { name, ms } of built) say(`${name.padEnd(10)} ${seconds(ms)}   ${sizeOf(name)}`);
  say(`built in ${seconds(Date.now() - began).trim()}`);
});

function sizeOf(name) {
  const bundle = BUNDLES.find((it) => it.name === name);
  // The shell and its preload share a folder: each is shown by its own file.
  const alone = name === 'electron' || name === 'preload' || name === 'seed';
  const files = alone ? [join(ROOT, bundle.makes)] : filesUnder(join(ROOT, dirname(bundle.makes)));
  let raw = 0;
  let packed = 0;
  for (const file of files) {
    raw += statSync(file).size;
    packed += gzipSync(readFileSync(file)).length;
  }
  return `${kilobytes(raw)} kB, ${kilobytes(packed)} kB gzipped, ${files.length} file${files.length === 1 ? '' : 's'}`;
}

function filesUnder(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((it) => it.isFile())
    .map((it) => join(it.parentPath ?? it.path, it.name));
}

function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`.padStart(7);
}

function kilobytes(bytes) {
  return (bytes / 1024).toFixed(1);
}
