import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultDataFolder, hasMarker, openDemoData, stationPort } from './demo-data.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'demo-data-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('data lies under the user’s own folder, as each system has it', () => {
  const home = '/home/u';
  expect(defaultDataFolder({ platform: 'linux', env: {}, home })).toBe('/home/u/.local/share/darcha-demo');
  expect(defaultDataFolder({ platform: 'linux', env: { XDG_DATA_HOME: '/data' }, home })).toBe(
    '/data/darcha-demo',
  );
  expect(defaultDataFolder({ platform: 'linux', env: { XDG_DATA_HOME: 'relative' }, home })).toBe(
    '/home/u/.local/share/darcha-demo',
  );
  expect(defaultDataFolder({ platform: 'win32', env: { LOCALAPPDATA: '/L' }, home })).toBe(
    join('/L', 'Darcha-demo'),
  );
});

test('an empty or absent folder becomes one of demonstration data, and stays one', () => {
  const inner = join(folder, 'a', 'b');
  expect(openDemoData(inner)).toBe(inner);
  expect(hasMarker(inner)).toBe(true);
  mkdirSync(join(inner, 'central'));
  expect(openDemoData(inner)).toBe(inner);
});

test('a folder of other things is refused and left as it was', () => {
  writeFileSync(join(folder, 'thesis.doc'), '');
  expect(() => openDemoData(folder)).toThrow('left alone');
  expect(readdirSync(folder)).toEqual(['thesis.doc']);
});

test('a place that cannot be written is refused with exit code 4', () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  expect(() => openDemoData(join(file, 'inside'))).toThrow(expect.objectContaining({ exitCode: 4 }));
  expect(existsSync(join(file, 'inside'))).toBe(false);
});

test('each desk keeps its port for ever; no two desks share one unasked', () => {
  openDemoData(folder);
  expect([
    stationPort(folder, 'baxmal-1', null),
    stationPort(folder, 'baxmal-2', null),
    stationPort(folder, 'baxmal-1', null),
    stationPort(folder, 'xovos-1', 50_000),
    stationPort(folder, 'xovos-1', null),
    stationPort(folder, 'baxmal-2', 50_001),
    stationPort(folder, 'baxmal-2', null),
  ]).toEqual([
    { port: 47615, moved: null },
    { port: 47616, moved: null },
    { port: 47615, moved: null },
    { port: 50_000, moved: null },
    { port: 50_000, moved: null },
    { port: 50_001, moved: 47616 },
    { port: 47616, moved: null },
  ]);
});
