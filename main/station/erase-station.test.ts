import { access, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDataKeys, recoverDataKeys } from './data-keys.ts';
import { endErase, eraseStation, forgetErase, toErasedText } from './erase-station.ts';
import { createHostSeal } from './host-key.ts';
import { newFolder } from './new-folder.fixture.ts';
import { makeRecoveryPair } from './recovery-key.fixture.ts';

async function openStationFolder() {
  const folder = await newFolder();
  const shell = createHostSeal(join(await newFolder(), 'darcha'));
  const opened = await openDataKeys(folder, shell, { isNew: true });
  if (opened.outcome !== 'open') throw new Error(opened.outcome);
  const authority = makeRecoveryPair();
  await opened.keys.setRecoveryKey(authority.key);
  const sealed = opened.keys.sealer('journal').seal(Buffer.from('not sent'), '1');
  return { folder, shell, authority, sealed };
}

test('an erased station has no key, its own user included, and the authority opens what was not sent', async () => {
  const { folder, shell, authority, sealed } = await openStationFolder();
  await writeFile(join(folder, 'keys.json.77-1.tmp'), await readFile(join(folder, 'keys.json')));
  expect(await eraseStation(folder, 'revoked', 1_790_000_000_000)).toEqual({ outcome: 'erased' });
  expect((await readdir(folder)).sort()).toEqual(['erased.json', 'recovery.json']);
  expect(await openDataKeys(folder, shell, { isNew: false })).toEqual({ outcome: 'locked' });

  const found = await recoverDataKeys(folder, shell, authority, () => forgetErase(folder));
  expect(found).toEqual({ outcome: 'recovered', keys: 1 });
  expect(await endErase(folder, [])).toEqual({ outcome: 'not-erased' });
  const again = await openDataKeys(folder, shell, { isNew: false });
  if (again.outcome !== 'open') throw new Error(again.outcome);
  expect(again.keys.sealer('journal').open(sealed, '1')?.toString()).toBe('not sent');
});

test('the next start ends an erase that was begun, takes the copies away and says why', async () => {
  const { folder } = await openStationFolder();
  const marker = { reason: 'too-long-offline', at: 1_790_000_000_000 };
  await writeFile(join(folder, 'erased.json'), JSON.stringify(marker));
  const outside = join(await newFolder(), 'IndexedDB');
  const copies = [join(folder, 'browser-profile', 'Default'), join(folder, 'snapshots'), outside];
  for (const it of copies) await mkdir(it, { recursive: true });

  const ended = await endErase(folder, [outside]);
  expect(ended).toEqual({ outcome: 'erased', erased: marker });
  for (const it of [...copies, join(folder, 'keys.json')]) await expect(access(it)).rejects.toThrow();
  if (ended.outcome !== 'erased') return;
  const text = toErasedText(folder, ended.erased);
  expect(text).toContain('2026-09-21');
  expect(text).toContain('--recover PRIVATEKEYFILE');
});
