import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import supported from './electron-supported.json' with { type: 'json' };

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const described = JSON.parse(read('package.json')) as {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};

test('Electron is pinned to one version of a major that was supported at the last refresh', () => {
  const pinned = described.devDependencies.electron ?? '';
  expect(pinned).toMatch(/^\d+\.\d+\.\d+$/);
  expect(supported.majors).toContain(Number(pinned.split('.')[0]));
  expect(supported.majors).toHaveLength(3);
});

test('every dependency is pinned exactly', () => {
  const loose = Object.entries({ ...described.dependencies, ...described.devDependencies }).filter(
    ([, version]) => !/^(npm:\w+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
  );
  expect(loose).toEqual([]);
});

test('the lock files name no registry', () => {
  for (const path of ['package-lock.json', 'build/package/station/package-lock.json']) {
    expect(read(path)).not.toContain('"resolved"');
  }
});

test('what is packed beside the bundles has the versions of the project', () => {
  const station = JSON.parse(read('build/package/station/package.json')) as { dependencies: unknown };
  expect(station.dependencies).toEqual(described.dependencies);
});
