import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../run/root.mjs';
import { runNpm } from '../run/run-program.mjs';
import { Stop } from '../run/say.mjs';
import { shippedPackages } from './shipped-packages.mjs';

/** What is shipped, as CycloneDX: npm's own list from the lock file, less what only builds and tests. */
export async function makeSbom(root = ROOT) {
  const npm = ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only'];
  const { code, output } = await runNpm(npm, { cwd: root });
  if (code !== 0)
    throw new Stop(`npm could not list the packages:\n${output.trim()}`, 'npm ci, then run it again.');
  const all = JSON.parse(output.slice(output.indexOf('{')));
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const isShipped = new Set(shippedPackages(root).map((it) => `${it.name}@${it.version}`));
  const own = all.metadata.component['bom-ref'];
  const keeps = (ref) => ref === own || isShipped.has(ref);
  return {
    ...all,
    // npm calls it after the folder it lies in.
    metadata: { ...all.metadata, component: { ...all.metadata.component, name, version } },
    components: all.components.filter((it) => isShipped.has(it['bom-ref'])).map(toShipped),
    dependencies: all.dependencies
      .filter((it) => keeps(it.ref))
      .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter(keeps) })),
  };
}

/** What we bundle is of development to npm, and of the program to whoever reads the list. */
function toShipped({ properties = [], ...component }) {
  const others = properties.filter((it) => it.name !== 'cdx:npm:package:development');
  return { ...component, scope: 'required', properties: others };
}
