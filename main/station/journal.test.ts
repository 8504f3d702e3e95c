import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  rmdir,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { type Journal, KEEP_MS, openJournal } from './journal.ts';
import { testSealer } from './sealer.fixture.ts';

const folders: string[] = [];
const journals: Journal[] = [];

afterEach(async () => {
  for (const it of journals.splice(0)) await it.close();
  for (const it of folders.splice(0)) await rm(it, { recursive: true, force: true });
});

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'journal-'));
  folders.push(folder);
  return folder;
}

async function openAt(folder: string, options: { rotateBytes?: number; now?: () => number } = {}) {
  const opened = await openJournal({ folder, sealer: testSealer, now: Date.now, ...options });
  if (opened.outcome !== 'open') throw new Error(opened.outcome);
  journals.push(opened.journal);
  return opened.journal;
}

const everything = (journal: Journal) => journal.read(1, Number.MAX_SAFE_INTEGER);
const onlyFile = async (folder: string) =>
  join(folder, (await readdir(folder)).find((it) => it.endsWith('.log')) ?? '');

async function writeThree(folder: string): Promise<string> {
  const journal = await openAt(folder);
  for (const payload of ['first', 'ўзбек ⌘\n"second"', 'third']) await journal.append(payload);
  await journal.close();
  return onlyFile(folder);
}

const three = [
  { n: 1, payload: 'first' },
  { n: 2, payload: 'ўзбек ⌘\n"second"' },
  { n: 3, payload: 'third' },
];

// Every byte is a start of its own, with its own fsync.
describe('journal', { timeout: 60_000 }, () => {
  test('gives back what it was given, numbered from 1, also after a new start', async () => {
    const folder = await newFolder();
    await writeThree(folder);
    const journal = await openAt(folder);
    expect(await journal.append('fourth')).toEqual({ outcome: 'saved', n: 4 });
    expect(await everything(journal)).toEqual([...three, { n: 4, payload: 'fourth' }]);
    expect((await journal.state()).repairs).toEqual([]);
  });

  test('keeps any text', async () => {
    const folder = await newFolder();
    const journal = await openAt(folder, { rotateBytes: 2_000 });
    const written: { n: number; payload: string }[] = [];
    const anyText = fc.string({ unit: 'binary', maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(anyText, async (payload) => {
        const answer = await journal.append(payload);
        expect(answer).toEqual({ outcome: 'saved', n: written.length + 1 });
        written.push({ n: written.length + 1, payload });
      }),
      { numRuns: 60 },
    );
    expect(await everything(await openAt(folder))).toEqual(written);
  });

  test('numbers appends made at once without a gap and in the order asked', async () => {
    const folder = await newFolder();
    const journal = await openAt(folder);
    const answers = await Promise.all(Array.from({ length: 200 }, (_, at) => journal.append(`p${at}`)));
    expect(answers).toEqual(Array.from({ length: 200 }, (_, at) => ({ outcome: 'saved', n: at + 1 })));
    const expected = Array.from({ length: 200 }, (_, at) => ({ n: at + 1, payload: `p${at}` }));
    expect(await everything(await openAt(folder))).toEqual(expected);
  });

  test('reads at least one record, and stops when the bytes are passed', async () => {
    const folder = await newFolder();
    await writeThree(folder);
    const journal = await openAt(folder);
    expect(await journal.read(2, 1)).toEqual([three[1]]);
    expect(await journal.read(2, 1_000)).toEqual(three.slice(1));
    expect(await journal.read(4, 1_000)).toEqual([]);
  });

  test('cut at every byte of its last record, keeps all before it and gives the number again', async () => {
    const folder = await newFolder();
    const file = await writeThree(folder);
    const whole = await readFile(file);
    const secondEnd = whole.indexOf(0x0a, whole.indexOf(0x0a) + 1) + 1;
    for (let length = secondEnd; length < whole.length; length += 1) {
      await writeFile(file, whole.subarray(0, length));
      const journal = await openAt(folder);
      const lacksOnlyNewline = length === whole.length - 1;
      const intact = lacksOnlyNewline ? three : three.slice(0, 2);
      expect(await everything(journal)).toEqual(intact);
      const torn = length === secondEnd || lacksOnlyNewline ? [] : ['torn-tail'];
      expect((await journal.state()).repairs.map((it) => it.code)).toEqual(torn);
      const n = intact.length + 1;
      expect(await journal.append('again')).toEqual({ outcome: 'saved', n });
      await journal.close();
      const reopened = await openAt(folder);
      expect(await everything(reopened)).toEqual([...intact, { n, payload: 'again' }]);
      expect((await reopened.state()).repairs).toEqual([]);
    }
  });

  test('a flipped byte anywhere loses at most the record it is in, says which, and changes no file', async () => {
    const folder = await newFolder();
    const file = await writeThree(folder);
    const whole = await readFile(file);
    const ends = [...whole.entries()].filter(([, byte]) => byte === 0x0a).map(([at]) => at);
    for (let at = 0; at < whole.length; at += 1) {
      for (const flip of [0x01, (whole[at] ?? 0) ^ 0x0a]) {
        if (flip === 0) continue;
        const damaged = Buffer.from(whole);
        damaged[at] = (damaged[at] ?? 0) ^ flip;
        await writeFile(file, damaged);
        const journal = await openAt(folder);
        const hit = ends.findIndex((end) => at <= end) + 1;
        const intact = ends.includes(at) ? three : three.filter((it) => it.n !== hit);
        expect(await everything(journal), `byte ${at} ^ ${flip}`).toEqual(intact);
        const told = (await journal.state()).repairs.map(({ code, n }) => ({ code, n }));
        expect(told).toEqual(ends.includes(at) ? [] : [{ code: 'damaged-record', n: hit }]);
        if (at !== whole.length - 1) expect(await readFile(file)).toEqual(damaged);
        // The number of a damaged record may be known to the centre: it is never given to another.
        expect(await journal.append('next')).toEqual({ outcome: 'saved', n: 4 });
        await journal.close();
      }
    }
  });

  test('tells of a damaged record at every start until its file is pruned', async () => {
    const folder = await newFolder();
    const file = await writeThree(folder);
    const bytes = await readFile(file);
    bytes[bytes.length - 4] = 0x21;
    await writeFile(file, bytes);
    for (const payload of ['a', 'b']) {
      const journal = await openAt(folder);
      await journal.append(payload);
      const { repairs, last } = await journal.state();
      expect({ repairs: repairs.map(({ code, n }) => ({ code, n })), last }).toEqual({
        repairs: [{ code: 'damaged-record', n: 3 }],
        last: payload === 'a' ? 4 : 5,
      });
      await journal.close();
    }
  });

  test('takes blocks that were reserved and never written for a torn tail', async () => {
    const folder = await newFolder();
    const file = await writeThree(folder);
    const whole = await readFile(file);
    await truncate(file, whole.length + 4_096);
    const journal = await openAt(folder);
    expect(await everything(journal)).toEqual(three);
    expect((await journal.state()).repairs.map((it) => it.code)).toEqual(['torn-tail']);
    expect(await journal.append('fourth')).toEqual({ outcome: 'saved', n: 4 });
  });

  test('begins a new file when one is full, and reads over the seam', async () => {
    const folder = await newFolder();
    const journal = await openAt(folder, { rotateBytes: 300 });
    for (let at = 1; at <= 12; at += 1) await journal.append('x'.repeat(100));
    const files = (await readdir(folder)).filter((it) => it.endsWith('.log'));
    expect(files).toEqual([
      '000000000001.log',
      '000000000003.log',
      '000000000005.log',
      '000000000007.log',
      '000000000009.log',
      '000000000011.log',
    ]);
    expect((await everything(await openAt(folder))).map((it) => it.n)).toEqual(
      Array.from({ length: 12 }, (_, at) => at + 1),
    );
  });

  test('says when a whole file in the middle is gone', async () => {
    const folder = await newFolder();
    const journal = await openAt(folder, { rotateBytes: 300 });
    for (let at = 1; at <= 6; at += 1) await journal.append('x'.repeat(100));
    await journal.close();
    await rm(join(folder, '000000000003.log'));
    const reopened = await openAt(folder, { rotateBytes: 300 });
    expect((await reopened.state()).repairs).toEqual([
      { code: 'damaged-file', file: '000000000005.log', n: 3 },
    ]);
    expect((await everything(reopened)).map((it) => it.n)).toEqual([1, 2, 5, 6]);
  });

  test('prunes a file only when the centre has all of it and it is 30 days old', async () => {
    const folder = await newFolder();
    const journal = await openAt(folder, { rotateBytes: 300 });
    for (let at = 1; at <= 6; at += 1) await journal.append('x'.repeat(100));
    const old = (Date.now() - KEEP_MS - 1_000) / 1_000;
    await utimes(join(folder, '000000000001.log'), old, old);
    await utimes(join(folder, '000000000005.log'), old, old);
    await journal.acknowledge(1);
    expect((await journal.state()).first).toBe(1);
    await journal.acknowledge(6);
    expect(await journal.state()).toMatchObject({ first: 3, last: 6, acknowledged: 6, unsentBytes: 0 });
  });

  test('never gives a number twice, also when every file was taken away', async () => {
    const folder = await newFolder();
    const file = await writeThree(folder);
    const journal = await openAt(folder);
    await journal.acknowledge(3);
    await journal.close();
    await rm(file);
    const reopened = await openAt(folder);
    expect(await reopened.append('next')).toEqual({ outcome: 'saved', n: 4 });
    expect((await reopened.state()).repairs).toEqual([]);
  });

  test('goes on after the numbers that the centre knows from an earlier life of the folder', async () => {
    const folder = await newFolder();
    await writeThree(folder);
    const journal = await openAt(folder);
    await journal.acknowledge(50);
    expect(await journal.append('next')).toEqual({ outcome: 'saved', n: 51 });
    await journal.close();
    const reopened = await openAt(folder);
    expect(await reopened.state()).toMatchObject({ last: 51, acknowledged: 50, repairs: [] });
  });

  test('goes on after numbers of another life, also after a start, and keeps its own to be sent', async () => {
    const folder = await newFolder();
    const journal = await openAt(folder);
    await journal.append('ours');
    const before = await journal.state();
    await journal.goOnAfter(50);
    await journal.goOnAfter(7);
    expect(await journal.state()).toMatchObject({
      last: 50,
      acknowledged: 0,
      unsentBytes: before.unsentBytes,
    });
    await journal.close();
    const reopened = await openAt(folder);
    expect(await reopened.append('next')).toEqual({ outcome: 'saved', n: 51 });
    expect((await reopened.read(1, 1_000)).map((it) => it.payload)).toEqual(['ours', 'next']);
  });

  test('keeps the acknowledgement over a start, and only sends again where it was lost', async () => {
    const folder = await newFolder();
    await writeThree(folder);
    const journal = await openAt(folder);
    await journal.acknowledge(2);
    const { unsentBytes } = await journal.state();
    const reopened = await openAt(folder);
    expect(await reopened.state()).toMatchObject({ acknowledged: 2, unsentBytes });
    await writeFile(join(folder, 'state.json'), '{"acknow');
    const again = await openAt(folder);
    expect(await again.state()).toMatchObject({
      acknowledged: 0,
      last: 3,
      repairs: [{ code: 'damaged-file', file: 'state.json', n: 0 }],
    });
  });

  test('a file that another program holds is no loss: the read fails, and gives all of it later', async () => {
    const folder = await newFolder();
    const journal = await openAt(folder, { rotateBytes: 1 });
    for (const payload of ['first', 'second']) await journal.append(payload);
    const [file] = (await readdir(folder)).sort();
    const path = join(folder, file ?? '');
    await rename(path, `${path}.held`);
    await mkdir(path);
    await expect(everything(journal)).rejects.toMatchObject({ code: 'EISDIR' });
    expect((await openJournal({ folder, sealer: testSealer, now: Date.now })).outcome).toBe('disk-failed');
    await rmdir(path);
    await rename(`${path}.held`, path);
    const both = [
      { n: 1, payload: 'first' },
      { n: 2, payload: 'second' },
    ];
    expect(await everything(journal)).toEqual(both);
    expect((await journal.state()).repairs).toEqual([]);
    expect(await everything(await openAt(folder))).toEqual(both);
  });

  test('a folder that cannot be made is an outcome', async () => {
    const folder = await newFolder();
    await writeFile(join(folder, 'in-the-way'), '');
    const opened = await openJournal({
      folder: join(folder, 'in-the-way'),
      sealer: testSealer,
      now: Date.now,
    });
    expect(opened).toEqual({ outcome: 'disk-failed', code: 'EEXIST' });
  });
});
