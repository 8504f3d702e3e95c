// npm run pack [-- --target linux|win|all] [--electron-dist DIR]: an unpacked app folder per target,
// read back and refused when anything in it should not be shipped; and a list of what is shipped, as CycloneDX.
import '../run/node-version.mjs';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildBundles } from '../run/build-bundles.mjs';
import { installedElectron } from '../run/find-electron.mjs';
import { ensurePackages } from '../run/packages.mjs';
import { ROOT } from '../run/root.mjs';
import { EXIT, runCommand, Stop, say } from '../run/say.mjs';

await runCommand(async () => {
  const { targets, electronDist } = readOptions();
  await ensurePackages();
  await buildBundles({ names: ['renderer', 'electron', 'preload'] });
  const { packApp } = await import('./pack-app.mjs');
  const { inspectPackage } = await import('./inspect-package.mjs');
  const { makeSbom } = await import('./make-sbom.mjs');
  const { licenceProblems } = await import('./licences.mjs');
  const { shippedPackages } = await import('./shipped-packages.mjs');
  const unlicensed = licenceProblems(shippedPackages());
  if (unlicensed.length > 0)
    throw new Stop(`packages that must not be shipped: ${unlicensed.join(', ')}`, 'npm run audit:licences');
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  for (const target of targets) {
    const { folder } = await packApp({ target, electronDist: electronDist ?? ownElectron(target) });
    const problems = await inspectPackage({ folder, target, version });
    if (problems.length > 0) {
      throw new Stop(
        `the package for ${target} must not be shipped:\n  ${problems.join('\n  ')}`,
        'see electron-builder.yml and build/package/inspect-package.mjs.',
      );
    }
    say(`${target}: ${folder} is packed and read back.`);
  }
  const list = join(ROOT, 'release', `darcha-${version}.cdx.json`);
  writeFileSync(list, `${JSON.stringify(await makeSbom(), null, 2)}\n`);
  say(`what is shipped is listed in ${list} (CycloneDX).`);
});

// The Electron in node_modules is that of this machine's own system.
function ownElectron(target) {
  const program = installedElectron();
  const fits = (target === 'win') === (process.platform === 'win32');
  return program !== null && fits ? dirname(program) : null;
}

function readOptions() {
  const text = { type: 'string' };
  let values;
  try {
    values = parseArgs({ options: { target: text, 'electron-dist': text } }).values;
  } catch (error) {
    throw new Stop(
      error.message.split('. ')[0],
      'npm run pack -- --target linux|win|all [--electron-dist DIR]',
      EXIT.usage,
    );
  }
  const target = values.target ?? 'all';
  if (!['linux', 'win', 'all'].includes(target)) {
    throw new Stop(`there is no target ${target}.`, 'choose linux, win or all.', EXIT.usage);
  }
  return {
    targets: target === 'all' ? ['linux', 'win'] : [target],
    electronDist: values['electron-dist'] ?? null,
  };
}
