import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openJournal } from './journal.ts';
import { newFolder } from './new-folder.fixture.ts';
import { testSealer } from './sealer.fixture.ts';
import { openStationJournal } from './station-journal.ts';

describe('journal of the station', () => {
  test('sets aside what was kept for a desk of another name, whole, and begins at 1', async () => {
    const folder = await newFolder();
    const opened = await openStationJournal(folder, testSealer, () => Date.parse('2026-11-22T20:30:00Z'));
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

    const old = await openJournal({ folder: join(folder, setAside), sealer: testSealer, now: Date.now });
    if (old.outcome !== 'open') throw new Error(old.outcome);
    expect(await old.journal.read(2, 1_000)).toEqual([{ n: 2, payload: 'never sent' }]);
    await old.journal.close();
  });
});
