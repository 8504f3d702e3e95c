import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkDataFolder, lockDataFolder } from './data-folder.ts';
import { newFolder } from './new-folder.fixture.ts';
import { readStationTarget } from './station-options.ts';

describe('data folder', () => {
  test('is made where there is none, and refused where it cannot be', async () => {
    const folder = await newFolder();
    await writeFile(join(folder, 'file'), '');
    expect(await checkDataFolder(join(folder, 'new', 'deep'))).toBe(null);
    expect(await checkDataFolder(join(folder, 'file'))).toBe('EEXIST');
    expect(await readdir(join(folder, 'new', 'deep'))).toEqual([]);
  });

  test('has one holder, who hears the others knock', async () => {
    const folder = await newFolder();
    const heard: string[] = [];
    const first = await lockDataFolder(folder, 'app', (knock) => {
      heard.push(knock);
      return `heard ${knock}`;
    });
    const other = await lockDataFolder(await newFolder(), 'app', () => '');
    const second = await lockDataFolder(folder, 'none', () => 'never');
    expect([first.outcome, other.outcome, second]).toEqual([
      'locked',
      'locked',
      { outcome: 'held', answer: 'heard none' },
    ]);
    expect(heard).toEqual(['none']);
    if (first.outcome === 'locked') first.release();
    if (other.outcome === 'locked') other.release();
    await expect.poll(async () => (await lockDataFolder(folder, 'app', () => '')).outcome).toBe('locked');
  });

  test('does not hear who cannot read its key', async () => {
    const folder = await newFolder();
    const heard: string[] = [];
    const first = await lockDataFolder(folder, 'app', (knock) => {
      heard.push(knock);
      return 'heard';
    });
    await writeFile(join(folder, 'instance.key'), 'f'.repeat(64));
    expect(await lockDataFolder(folder, 'none', () => '')).toEqual({ outcome: 'held', answer: null });
    expect(heard).toEqual([]);
    if (first.outcome === 'locked') first.release();
  });
});

describe('station target', () => {
  test('is what the command line says, else what IT set, else unclear', async () => {
    const folder = await newFolder();
    expect(await readStationTarget(folder, {})).toMatchObject({ outcome: 'unclear' });
    const file = { central: 'https://central.example/darcha', desk: 'desk-1', code: 'C1' };
    await writeFile(join(folder, 'station.json'), JSON.stringify(file));
    const trust = { ca: null, pins: [] };
    expect(await readStationTarget(folder, {})).toEqual({
      outcome: 'target',
      target: { centralUrl: file.central, enrolment: { desk: 'desk-1', code: 'C1' }, trust },
    });
    const given = { central: 'http://127.0.0.1:1', desk: 'desk-2', code: 'C2' };
    expect(await readStationTarget(folder, given)).toEqual({
      outcome: 'target',
      target: { centralUrl: given.central, enrolment: { desk: 'desk-2', code: 'C2' }, trust },
    });
    await writeFile(join(folder, 'station.json'), JSON.stringify({ central: file.central }));
    expect(await readStationTarget(folder, { desk: 'desk-2' })).toMatchObject({ outcome: 'unclear' });
    await writeFile(join(folder, 'station.json'), '{');
    expect(await readStationTarget(folder, given)).toMatchObject({ outcome: 'unclear' });
  });

  test.each([
    ['an address in clear', { central: 'http://central.example' }, 'in clear'],
    ['a name that only looks like this computer', { central: 'http://127.0.0.1.evil.example' }, 'in clear'],
    ['another scheme', { central: 'ftp://central.example' }, 'no http'],
    ['a pin that is none', { central: 'https://c.example', centralPin: ['sha256/x'] }, 'no pin'],
    [
      'a file that is not there',
      { central: 'https://c.example', centralCa: '/nowhere/ca.pem' },
      'cannot be read',
    ],
    [
      'a certificate that is none',
      { central: 'https://c.example', centralCa: import.meta.filename },
      'no PEM',
    ],
    ['an enrolment file that is none', { enrolment: import.meta.filename }, 'cannot be read'],
  ])('is unclear by %s', async (_what, given, reason) => {
    const target = await readStationTarget(await newFolder(), given);
    expect(target).toEqual({ outcome: 'unclear', reason: expect.stringContaining(reason) });
  });

  test.each(['http://localhost:1', 'http://127.0.0.1:1', 'http://[::1]:1', 'https://c.example/darcha'])(
    'may be %s',
    async (central) => {
      expect(await readStationTarget(await newFolder(), { central })).toMatchObject({ outcome: 'target' });
    },
  );
});
