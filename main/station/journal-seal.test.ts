import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openJournal } from './journal.ts';
import { decodePayload, encodeRecord, NO_RECORD, scanRecords } from './journal-record.ts';
import { newFolder } from './new-folder.fixture.ts';
import { testSealer } from './sealer.fixture.ts';
import { createSealer } from './sealer.ts';

// Whoever has the disk and not the key, and knows how a journal is written: checksums and chain are made to fit.

async function open(folder: string, sealer = testSealer) {
  const opened = await openJournal({ folder, sealer, now: Date.now });
  if (opened.outcome !== 'open') throw new Error(opened.outcome);
  return opened.journal;
}

async function writeThree() {
  const folder = await newFolder();
  const journal = await open(folder);
  for (const it of ['Каримова', 'Dilnoza', 'ЎЗБЕКИСТОН']) await journal.append(it);
  await journal.close();
  const path = join(folder, (await readdir(folder)).find((it) => it.endsWith('.log')) ?? '');
  const bytes = await readFile(path);
  const sealed = scanRecords(bytes).records.map(
    ({ offset, lengthBytes }) => decodePayload(bytes.subarray(offset, offset + lengthBytes)) ?? '',
  );
  return { folder, path, bytes, sealed };
}

/** A journal that holds these payloads, as if it had been written so. */
function forge(payloads: readonly string[]): Buffer {
  let prev = NO_RECORD;
  const lines = payloads.map((it, at) => {
    const { line, hash } = encodeRecord(at + 1, prev, it);
    prev = hash;
    return line;
  });
  return Buffer.concat(lines);
}

async function readAll(folder: string, sealer = testSealer) {
  const journal = await open(folder, sealer);
  const records = await journal.read(1, 1_000_000);
  const { last, repairs } = await journal.state();
  await journal.close();
  return { records: records.map((it) => `${it.n} ${it.payload}`), last, lost: repairs.map((it) => it.n) };
}

test('nothing of a record can be read from the disk', async () => {
  const { bytes } = await writeThree();
  for (const it of ['Каримова', 'Dilnoza', 'ЎЗБЕКИСТОН']) {
    for (const encoding of ['utf8', 'utf16le'] as const)
      expect(bytes.includes(Buffer.from(it, encoding))).toBe(false);
    expect(bytes.includes(Buffer.from(it).toString('base64').slice(0, 8))).toBe(false);
  }
});

test.each([
  [
    'in its place',
    ([one, two, three]: string[]) => [one, two, three],
    ['1 Каримова', '2 Dilnoza', '3 ЎЗБЕКИСТОН'],
  ],
  ['two swapped', ([one, two, three]: string[]) => [one, three, two], ['1 Каримова']],
  ['one left out', ([one, , three]: string[]) => [one, three], ['1 Каримова']],
  ['one twice', ([one, two]: string[]) => [one, two, two], ['1 Каримова', '2 Dilnoza']],
  [
    'one in clear',
    ([one, two]: string[]) => [one, two, '{"type":"case.opened"}'],
    ['1 Каримова', '2 Dilnoza'],
  ],
] as const)('records %s', async (_name, change, records) => {
  const { folder, path, sealed } = await writeThree();
  const forged = (change as (it: string[]) => string[])(sealed);
  await writeFile(path, forge(forged));
  const found = await readAll(folder);
  expect(found.records).toEqual(records);
  // What does not open is told as lost, and its number is given to nobody else.
  expect(found.last).toBe(forged.length);
});

test('the journal of another station opens to nothing', async () => {
  const { folder } = await writeThree();
  const other = createSealer([{ id: '01020304', key: Buffer.alloc(32, 7) }], 'test');
  expect((await readAll(folder, other)).records).toEqual([]);
});
