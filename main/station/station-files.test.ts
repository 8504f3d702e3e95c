import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openCounters } from './counters.ts';
import { openCredentialStore } from './credential-store.ts';
import { writeDurably } from './durable-file.ts';
import { newFolder } from './new-folder.fixture.ts';
import { openSettings } from './settings.ts';

describe('durable files', () => {
  test('are replaced whole, readable by their owner only, and leave nothing behind', async () => {
    const folder = await newFolder();
    const path = join(folder, 'deep', 'file');
    expect(await writeDurably(path, 'one')).toEqual({ outcome: 'saved' });
    expect(await writeDurably(path, 'two')).toEqual({ outcome: 'saved' });
    expect([await readFile(path, 'utf8'), (await stat(path)).mode & 0o777]).toEqual(['two', 0o600]);
    expect(await readdir(join(folder, 'deep'))).toEqual(['file']);
  });

  test('what cannot be written is an outcome, and the old content stays', async () => {
    const folder = await newFolder();
    await writeFile(join(folder, 'file'), 'old');
    expect(await writeDurably(join(folder, 'file', 'below'), 'new')).toMatchObject({
      outcome: 'disk-failed',
    });
    await mkdir(join(folder, 'taken', 'x'), { recursive: true });
    expect(await writeDurably(join(folder, 'taken'), 'new')).toMatchObject({ outcome: 'disk-failed' });
    expect((await readdir(folder)).sort()).toEqual(['file', 'taken']);
  });
});

describe('settings', () => {
  const set = { language: 'ru', theme: 'dark', keepSending: false } as const;

  test('are defaults at first, and what was set afterwards', async () => {
    const folder = await newFolder();
    const settings = await openSettings(folder);
    expect(settings.read()).toEqual({ language: 'uz-Latn', theme: 'light', keepSending: true });
    expect(await settings.write(set)).toEqual({ outcome: 'saved' });
    expect((await openSettings(folder)).read()).toEqual(set);
  });

  test('keep the keys of a newer version, and lose one value that is not understood, not all', async () => {
    const folder = await newFolder();
    const path = join(folder, 'settings.json');
    await writeFile(path, JSON.stringify({ language: 'tlh', theme: 'dark', printer: 'p1' }));
    const settings = await openSettings(folder);
    expect(settings.read()).toEqual({ language: 'uz-Latn', theme: 'dark', keepSending: true });
    await settings.write(set);
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ ...set, printer: 'p1' });
  });

  test('that are damaged are defaults', async () => {
    const folder = await newFolder();
    await writeFile(join(folder, 'settings.json'), '{"langu');
    expect((await openSettings(folder)).read().language).toBe('uz-Latn');
  });
});

describe('counters', () => {
  const damaged = { outcome: 'disk-failed', code: 'counters-damaged' };

  test('give every value once, also to many askers at once and after a start', async () => {
    const folder = await newFolder();
    const counters = await openCounters(folder, { isNew: true });
    const given = await Promise.all(Array.from({ length: 20 }, () => counters.next('case')));
    expect(given).toEqual(given.map((_, at) => ({ outcome: 'given', value: at + 1 })));
    const again = await openCounters(folder, { isNew: false });
    expect(await again.next('case')).toEqual({ outcome: 'given', value: 21 });
    expect(await counters.next('receipt')).toEqual({ outcome: 'given', value: 1 });
  });

  test('never begin again where the file is damaged', async () => {
    for (const content of ['', '{"case":2', '[]', '{"case":"2"}', 'null']) {
      const folder = await newFolder();
      await writeFile(join(folder, 'counters.json'), content);
      expect(await (await openCounters(folder, { isNew: true })).next('case')).toEqual(damaged);
    }
  });

  test('never begin again where the file is gone from a folder in use', async () => {
    const counters = await openCounters(await newFolder(), { isNew: false });
    expect(await counters.next('case')).toEqual(damaged);
  });
});

describe('credential store', () => {
  const identity = { device: 'd1', centreId: 13, desk: 'desk-1', deskNumber: 1, demo: false };
  const reverse = (text: string) => [...text].reverse().join('');
  const shell = {
    seal: async (secret: string) => Buffer.from(reverse(secret)),
    unseal: async (sealed: Uint8Array) => reverse(Buffer.from(sealed).toString()),
  };

  async function toDesk(folder: string) {
    const store = await openCredentialStore(folder, shell);
    const prepared = await store.prepareKey({ anew: false });
    expect(await store.write(identity)).toEqual({ outcome: 'saved' });
    return { store, key: prepared.outcome === 'ready' ? prepared.key.public : '' };
  }

  test('keeps who we are, and the key that proves it only sealed', async () => {
    const folder = await newFolder();
    const before = await openCredentialStore(folder, shell);
    expect([before.identity(), before.key()]).toEqual([null, null]);
    const { key } = await toDesk(folder);
    const again = await openCredentialStore(folder, shell);
    expect([again.identity(), again.key()?.public]).toEqual([identity, key]);
    const path = join(folder, 'identity.json');
    const { sealedKey } = JSON.parse(await readFile(path, 'utf8')) as { sealedKey: string };
    const sealed = Buffer.from(sealedKey, 'base64').toString();
    // Base64 of what every PKCS #8 of an Ed25519 key begins with.
    expect([sealed.includes('MC4CAQAwBQYDK2Vw'), (await stat(path)).mode & 0o777]).toEqual([false, 0o600]);
  });

  test('a key of which nothing was heard is tried again, and is no desk', async () => {
    const folder = await newFolder();
    const keyOf = async (anew: boolean) => {
      const store = await openCredentialStore(folder, shell);
      const prepared = await store.prepareKey({ anew });
      return { key: prepared.outcome === 'ready' && prepared.key.public, ours: store.key() };
    };
    const first = await keyOf(false);
    expect(await keyOf(false)).toEqual(first);
    expect(first.ours).toBe(null);
    expect((await keyOf(true)).key).not.toBe(first.key);
  });

  test('a file that cannot be read now is no reason to be enrolled again', async () => {
    const folder = await newFolder();
    await mkdir(join(folder, 'identity.json'));
    await expect(openCredentialStore(folder, shell)).rejects.toMatchObject({ code: 'EISDIR' });
  });

  test('a key that cannot be unsealed is no identity', async () => {
    const folder = await newFolder();
    await toDesk(folder);
    const other = await openCredentialStore(folder, { ...shell, unseal: async () => null });
    expect([other.identity(), other.key()]).toEqual([null, null]);
  });
});
