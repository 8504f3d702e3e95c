import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Version } from '@cyclonedx/cyclonedx-library/Spec';
import { JsonStrictValidator } from '@cyclonedx/cyclonedx-library/Validation';
import { beforeAll, describe, expect, test } from 'vitest';
import { isAllowed, licenceProblems } from './licences.mjs';
import { makeSbom } from './make-sbom.mjs';
import { namedPackages, shippedPackages } from './shipped-packages.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

describe('licences', () => {
  test('all that is shipped may be', () => {
    const packages = shippedPackages();
    expect(licenceProblems(packages)).toEqual([]);
    expect(packages.length).toBeGreaterThan(100);
    expect(namedPackages()).toEqual(
      expect.arrayContaining(['react', 'rxdb', 'fastify', 'pg', 'electron', 'usb']),
    );
  });

  test.each([
    'GPL-3.0-only',
    'AGPL-3.0-or-later',
    'SSPL-1.0',
    'MIT AND GPL-2.0-only',
    'SEE LICENSE IN LICENSE',
    '',
  ])('a package under "%s" is named', (license) => {
    const problems = licenceProblems([{ name: 'sly', version: '1.0.0', place: 'node_modules/sly', license }]);
    expect(problems).toEqual([`sly@1.0.0 is under ${license}`]);
  });

  test('one of several licences is enough, all of several are needed', () => {
    expect(['(MIT OR GPL-3.0)', 'MIT AND OFL-1.1', 'MIT AND MPL-2.0'].map(isAllowed)).toEqual([
      true,
      true,
      false,
    ]);
  });
});

type Sbom = {
  specVersion: string;
  metadata: { component: { name: string } };
  components: { 'bom-ref': string; hashes?: { alg: string }[] }[];
};

describe('the list of what is shipped', () => {
  let sbom: Sbom;
  beforeAll(async () => {
    sbom = await makeSbom();
  });

  test('is CycloneDX by its schema', async () => {
    expect(sbom.specVersion).toBe('1.5');
    expect(await new JsonStrictValidator(Version.v1dot5).validate(JSON.stringify(sbom))).toBe(null);
    const wrong = { ...sbom, components: [{ type: 'nonsense' }] };
    expect(await new JsonStrictValidator(Version.v1dot5).validate(JSON.stringify(wrong))).not.toBe(null);
  });

  test('has every package that is shipped with its version and digest, and no tool', () => {
    const { components, metadata } = sbom;
    const listed = components.map((it) => it['bom-ref']).sort();
    const wanted = [...new Set(shippedPackages().map((it) => `${it.name}@${it.version}`))].sort();
    expect(listed).toEqual(wanted);
    expect(components.filter((it) => !it.hashes?.some((hash) => hash.alg === 'SHA-512'))).toEqual([]);
    expect(metadata.component.name).toBe('darcha');
    for (const it of ['vitest', 'vite', '@biomejs/biome'])
      expect(listed.filter((ref) => ref.startsWith(`${it}@`))).toEqual([]);
  });
});

describe('what installs', () => {
  test('every package in the lock files is held by its digest', () => {
    for (const path of ['package-lock.json', 'build/package/station/package-lock.json']) {
      const { packages } = JSON.parse(read(path)) as {
        packages: Record<string, { integrity?: string; link?: boolean }>;
      };
      const loose = Object.entries(packages).filter(
        ([place, it]) => place !== '' && !it.integrity?.startsWith('sha512-'),
      );
      expect(loose.map(([place]) => place)).toEqual([]);
    }
  });

  test('no script of a package is run, and what is packed is installed by its lock file', () => {
    expect(read('.npmrc')).toMatch(/^ignore-scripts=true$/m);
    expect(read('build/package/stage.mjs')).toMatch(/'ci',[\s\S]*'--ignore-scripts'/);
    for (const name of readdirSync(join(root, 'build/run'))) {
      expect(read(`build/run/${name}`)).not.toMatch(/ignore-scripts=false|npm rebuild|'rebuild'/);
    }
  });
});
