import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type BlobFiles, openBlobFiles } from './blob-files.ts';
import { openCounters } from './counters.ts';
import { openCredentialStore } from './credential-store.ts';
import { checkDataFolder, lockDataFolder } from './data-folder.ts';
import { writeDurably } from './durable-file.ts';
import { openJournal } from './journal.ts';
import { openSettings } from './settings.ts';
import { openStationJournal } from './station-journal.ts';
import { readStationTarget } from './station-options.ts';
import type { Uploader, UploadOutcome, WholeFile } from './upload-file.ts';

const folders: string[] = [];
afterEach(async () => {
  for (const it of folders.splice(0)) await rm(it, { recursive: true, force: true });
});

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'station-'));
  folders.push(folder);
  return folder;
}

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

  test('keeps who we are, and the token only sealed', async () => {
    const folder = await newFolder();
    const store = await openCredentialStore(folder, shell);
    expect([store.identity(), store.token()]).toEqual([null, null]);
    expect(await store.write(identity, 'secret-token')).toEqual({ outcome: 'saved' });
    const again = await openCredentialStore(folder, shell);
    expect([again.identity(), again.token()]).toEqual([identity, 'secret-token']);
    const file = await readFile(join(folder, 'identity.json'), 'utf8');
    expect([file.includes('secret-token'), (await stat(join(folder, 'identity.json'))).mode & 0o777]).toEqual(
      [false, 0o600],
    );
  });

  test('a file that cannot be read now is no reason to be enrolled again', async () => {
    const folder = await newFolder();
    await mkdir(join(folder, 'identity.json'));
    await expect(openCredentialStore(folder, shell)).rejects.toMatchObject({ code: 'EISDIR' });
  });

  test('a token that cannot be unsealed is no identity', async () => {
    const folder = await newFolder();
    await (await openCredentialStore(folder, shell)).write(identity, 'secret-token');
    const other = await openCredentialStore(folder, { ...shell, unseal: async () => null });
    expect([other.identity(), other.token()]).toEqual([null, null]);
  });
});

describe('journal of the station', () => {
  test('sets aside what was kept for a desk of another name, whole, and begins at 1', async () => {
    const folder = await newFolder();
    const opened = await openStationJournal(folder, () => Date.parse('2026-11-22T20:30:00Z'));
    if (opened.outcome !== 'open') throw new Error(opened.outcome);
    const { journal } = opened;
    expect(await journal.beginAnew()).toEqual({ outcome: 'begun', setAside: null });
    await journal.append('of the old desk');
    await journal.acknowledge(1);
    await journal.append('never sent');
    const setAside = 'journal-before-2026-11-22T20-30-00-000Z';
    expect(await journal.beginAnew()).toEqual({ outcome: 'begun', setAside });
    expect(await journal.append('of the new desk')).toEqual({ outcome: 'saved', n: 1 });
    expect(await journal.state()).toMatchObject({ first: 1, last: 1, acknowledged: 0 });
    await journal.close();

    const old = await openJournal({ folder: join(folder, setAside), now: Date.now });
    if (old.outcome !== 'open') throw new Error(old.outcome);
    expect(await old.journal.read(2, 1_000)).toEqual([{ n: 2, payload: 'never sent' }]);
    await old.journal.close();
  });
});

describe('blob files', () => {
  const bytesOf = (text: string) => new Uint8Array(Buffer.from(text));
  const signal = new AbortController().signal;
  const by = (step: (file: WholeFile) => UploadOutcome): Uploader => ({
    step: async (file) => step(file),
    missing: async () => ({ outcome: 'offline' }),
    received: () => 0,
    forget: async () => undefined,
  });
  const never = by(() => ({ outcome: 'offline' }));

  test('are kept by their hash, once, and wait, when queued, over a start until the centre has them', async () => {
    const folder = await newFolder();
    const blobs = await openBlobFiles(folder, never);
    const kept = await blobs.keep(bytesOf('a scan'));
    const sha256 = '5bb626f4973a4d80adb3d956673807597303a694d5124d9c2298b1fa2811810f';
    expect(kept).toEqual({ outcome: 'kept', sha256, bytes: 6 });
    expect(await blobs.keep(bytesOf('a scan'))).toEqual(kept);
    expect([await blobs.waiting(), await blobs.send(signal)]).toEqual([
      { count: 0, bytes: 0 },
      { outcome: 'none-waiting' },
    ]);
    expect(await blobs.queue(sha256)).toEqual({ outcome: 'queued' });
    expect(await blobs.send(signal)).toEqual({ outcome: 'offline' });
    const uploaded: string[] = [];
    const again = await openBlobFiles(
      folder,
      by(({ bytes }) => {
        uploaded.push(Buffer.from(bytes).toString());
        return { outcome: 'there' };
      }),
    );
    expect(await again.waiting()).toEqual({ count: 1, bytes: 6 });
    expect(await again.send(signal)).toMatchObject({ outcome: 'sent' });
    expect(await again.send(signal)).toEqual({ outcome: 'none-waiting' });
    expect(uploaded).toEqual(['a scan']);
    expect(await (await openBlobFiles(folder, never)).waiting()).toEqual({ count: 0, bytes: 0 });
  });

  test('go from the disk when discarded, over a start too, unless they were ever queued', async () => {
    const folder = await newFolder();
    const there = by(() => ({ outcome: 'there' }));
    const blobs = await openBlobFiles(folder, there);
    const keep = async (text: string): Promise<string> => {
      const kept = await blobs.keep(bytesOf(text));
      return kept.outcome === 'kept' ? kept.sha256 : '';
    };
    const [early, draft, sent, waits] = [
      await keep('taken off at once'),
      await keep('of a draft'),
      await keep('of a case'),
      await keep('of a case of today'),
    ];
    expect(await blobs.discard(early)).toEqual({ outcome: 'discarded' });
    await blobs.queue(sent);
    await blobs.send(signal);
    await blobs.queue(waits);
    // In a draft as well now: it stays the case's.
    await keep('of a case');

    const again = await openBlobFiles(folder, there);
    const all = [early, draft, sent, waits];
    const outcomes: string[] = [];
    for (const it of all) outcomes.push((await again.discard(it)).outcome);
    const left = await Promise.all(all.map(async (it) => (await again.read(it)).outcome));
    expect({ outcomes, left, waiting: await again.waiting() }).toEqual({
      outcomes: ['needed', 'discarded', 'needed', 'needed'],
      left: ['absent', 'absent', 'found', 'found'],
      waiting: { count: 1, bytes: 18 },
    });
  });

  test('one that was sent, damaged on the disk and kept anew is needed like before', async () => {
    const folder = await newFolder();
    const blobs = await openBlobFiles(
      folder,
      by(() => ({ outcome: 'there' })),
    );
    const kept = await blobs.keep(bytesOf('a scan'));
    const sha256 = kept.outcome === 'kept' ? kept.sha256 : '';
    await blobs.queue(sha256);
    await blobs.send(signal);
    await writeFile(join(folder, sha256.slice(0, 2), sha256), 'a scam');
    await blobs.keep(bytesOf('a scan'));
    expect(await blobs.discard(sha256)).toEqual({ outcome: 'needed' });
    expect((await blobs.read(sha256)).outcome).toBe('found');
  });

  test('those that a restored centre lacks are sent again, also after a start of this computer', async () => {
    const folder = await newFolder();
    const at = { centre: new Set<string>(), asked: [] as number[], isThere: true };
    const uploader: Uploader = {
      ...by(() => ({ outcome: 'there' })),
      async step({ sha256 }) {
        at.centre.add(sha256);
        return { outcome: 'there' };
      },
      async missing(all) {
        at.asked.push(all.length);
        if (!at.isThere) return { outcome: 'offline' };
        return { outcome: 'answered', missing: all.filter((it) => !at.centre.has(it)) };
      },
    };
    const blobs = await openBlobFiles(folder, uploader);
    const all: string[] = [];
    for (const it of ['one', 'two', 'three', 'of a draft']) {
      const kept = await blobs.keep(bytesOf(it));
      if (kept.outcome === 'kept') all.push(kept.sha256);
      if (kept.outcome === 'kept' && it !== 'of a draft') await blobs.queue(kept.sha256);
    }
    const sendAll = async (from: BlobFiles): Promise<string> => {
      for (;;) {
        const { outcome } = await from.send(signal);
        if (outcome === 'none-waiting' || outcome === 'offline') return outcome;
      }
    };
    await blobs.centreIs('first');
    await sendAll(blobs);
    await blobs.centreIs('first');
    at.centre.delete(all[1] ?? '');
    at.isThere = false;
    expect([await blobs.centreIs('second'), await sendAll(blobs)]).toEqual([{ outcome: 'noted' }, 'offline']);

    at.isThere = true;
    const again = await openBlobFiles(folder, uploader);
    expect(await sendAll(again)).toBe('none-waiting');
    expect([at.centre, at.asked]).toEqual([new Set(all.slice(0, 3)), [3, 3, 3]]);
    await again.centreIs('second');
    await sendAll(again);
    expect(at.asked).toEqual([3, 3, 3]);
  });

  test('that are empty or too large are not kept', async () => {
    const blobs = await openBlobFiles(await newFolder(), never);
    expect(await blobs.keep(new Uint8Array(0))).toEqual({ outcome: 'empty' });
    expect(await blobs.keep(new Uint8Array(20 * 1024 * 1024 + 1))).toEqual({
      outcome: 'too-large',
      maxBytes: 20 * 1024 * 1024,
    });
    expect(await blobs.waiting()).toEqual({ count: 0, bytes: 0 });
  });

  test('one that the centre refuses holds up no other, and is tried again afterwards', async () => {
    const tried: string[] = [];
    const blobs = await openBlobFiles(
      await newFolder(),
      by(({ bytes }) => {
        const text = Buffer.from(bytes).toString();
        tried.push(text);
        return text === 'bad' ? { outcome: 'refused', code: 'too-large' } : { outcome: 'there' };
      }),
    );
    for (const it of ['bad', 'good', 'fine']) {
      const kept = await blobs.keep(bytesOf(it));
      if (kept.outcome === 'kept') await blobs.queue(kept.sha256);
    }
    const outcomes: string[] = [];
    for (let at = 0; at < 4; at += 1) outcomes.push((await blobs.send(signal)).outcome);
    expect({ outcomes, tried }).toEqual({
      outcomes: ['refused', 'sent', 'sent', 'refused'],
      tried: ['bad', 'good', 'fine', 'bad'],
    });
  });

  test('go a piece at a time, the one of which least is left first, and only what is left still waits', async () => {
    const sizes = { long: 300, short: 100, new: 50 };
    const [received, steps] = [new Map<number, number>(), [] as number[]];
    const forgotten: string[] = [];
    const blobs = await openBlobFiles(await newFolder(), {
      missing: async () => ({ outcome: 'offline' }),
      async step({ bytes }) {
        steps.push(bytes.length);
        received.set(bytes.length, (received.get(bytes.length) ?? 0) + 100);
        return { outcome: (received.get(bytes.length) ?? 0) >= bytes.length ? 'there' : 'progress' };
      },
      received: (sha256) => (sha256 === names.long ? (received.get(300) ?? 0) : 0),
      async forget(sha256) {
        forgotten.push(sha256);
      },
    });
    const names: Record<string, string> = {};
    const add = async (name: keyof typeof sizes): Promise<void> => {
      const kept = await blobs.keep(new Uint8Array(sizes[name]).fill(1));
      if (kept.outcome !== 'kept') throw new Error(kept.outcome);
      names[name] = kept.sha256;
      await blobs.queue(kept.sha256);
    };
    await add('long');
    expect(await blobs.send(signal)).toEqual({ outcome: 'progress', sha256: names.long });
    await add('short');
    expect(await blobs.waiting()).toEqual({ count: 2, bytes: 300 });
    expect(await blobs.send(signal)).toEqual({ outcome: 'sent', sha256: names.short });
    await add('new');
    for (let at = 0; at < 3; at += 1) await blobs.send(signal);
    expect(steps).toEqual([300, 100, 50, 300, 300]);
    expect([await blobs.waiting(), forgotten]).toEqual([
      { count: 0, bytes: 0 },
      [names.short, names.new, names.long],
    ]);
  });

  test('one that was damaged on the disk is said to be, is not sent, and can be kept anew', async () => {
    const folder = await newFolder();
    const blobs = await openBlobFiles(
      folder,
      by(() => ({ outcome: 'there' })),
    );
    const kept = await blobs.keep(bytesOf('a scan'));
    const sha256 = kept.outcome === 'kept' ? kept.sha256 : '';
    await blobs.queue(sha256);
    await writeFile(join(folder, sha256.slice(0, 2), sha256), 'a scam');
    expect(await blobs.read(sha256)).toEqual({ outcome: 'damaged' });
    expect(await blobs.send(signal)).toEqual({ outcome: 'refused', sha256, code: 'file-damaged' });
    expect(await blobs.keep(bytesOf('a scan'))).toEqual(kept);
    expect(await blobs.send(signal)).toEqual({ outcome: 'sent', sha256 });
    expect(await blobs.read('0'.repeat(64))).toEqual({ outcome: 'absent' });
  });
});

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
    expect(await readStationTarget(folder, {})).toEqual({
      outcome: 'target',
      target: { centralUrl: file.central, enrolment: { desk: 'desk-1', code: 'C1' } },
    });
    const given = { central: 'http://127.0.0.1:1', desk: 'desk-2', code: 'C2' };
    expect(await readStationTarget(folder, given)).toEqual({
      outcome: 'target',
      target: { centralUrl: given.central, enrolment: { desk: 'desk-2', code: 'C2' } },
    });
    expect(await readStationTarget(folder, { ...given, code: undefined })).toMatchObject({
      outcome: 'unclear',
    });
    await writeFile(join(folder, 'station.json'), '{');
    expect(await readStationTarget(folder, given)).toMatchObject({ outcome: 'unclear' });
  });
});
