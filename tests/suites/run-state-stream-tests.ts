import { expect, it } from 'vitest';
import { CasesPage } from '#protocol/pull';
import { createEventMaker } from '../../sync/server/central.fixture.ts';
import { compact } from '../../sync/server/store/compact.ts';
import { pullCases, pullDocs } from '../../sync/server/store/pull-pages.ts';
import { pushRows } from '../../sync/server/store/push-rows.ts';
import { writeDocs } from '../../sync/server/store/save-docs.ts';
import type { Query } from '../../sync/server/store/sql.ts';
import type { StoreWorld } from './store-world.ts';

/** Cases folded from events, and rows of small collections. */
export function runStateStreamTests(world: StoreWorld): void {
  const { newCentre, addDevice, push, readAll } = world;

  it('folds events into the case as the shared rules say, with conflicts as data', async () => {
    const centre = newCentre();
    const [one, two] = [await addDevice(centre), await addDevice(centre)];
    const [a, b] = [createEventMaker(one), createEventMaker(two)];
    await push(centre, one, [a.open('case-1'), a.set('case-1', 'form.childName', 'Aziza K.', 'Aziza')]);
    const late = await push(centre, two, [b.set('case-1', 'form.childName', 'Azize', 'Aziza')]);
    expect(late).toMatchObject({ results: [{ status: 'review' }] });
    const page = await pullCases(world.sql, { centreId: centre, since: 0, bytes: 65_536 });
    const { docs } = CasesPage.parse({ epoch: '', ...page });
    expect(docs.map((it) => it.seq)).toEqual([2]);
    expect(docs[0]?.doc).toMatchObject({
      id: 'case-1',
      centreId: centre,
      hasConflicts: true,
      conflicts: [{ field: 'form.childName', kept: 'Aziza K.', offered: 'Azize' }],
      applied: { [one]: 2, [two]: 1 },
    });
  });

  it('shows a case once in its state stream, under its newest number', async () => {
    const centre = newCentre();
    const device = await addDevice(centre);
    const make = createEventMaker(device);
    await push(centre, device, [make.open('case-1'), make.open('case-2'), make.open('case-3')]);
    await push(centre, device, [make.note('case-1', 'x')]);
    const page = await pullCases(world.sql, { centreId: centre, since: 0, bytes: 65_536 });
    const docs = CasesPage.parse({ epoch: '', ...page }).docs;
    expect(docs.map((it) => [it.seq, it.doc.id])).toEqual([
      [2, 'case-2'],
      [3, 'case-3'],
      [4, 'case-1'],
    ]);
    const small = await pullCases(world.sql, { centreId: centre, since: 0, bytes: 1 });
    expect(small).toMatchObject({ cursor: 2, head: 4, more: true });
    const beyond = await pullCases(world.sql, { centreId: centre, since: 4, bytes: 1 });
    expect(beyond).toMatchObject({ cursor: 4, more: false, docs: [] });
  });

  it('never passes a row that a push moves while the page is read', async () => {
    const centre = newCentre();
    const device = await addDevice(centre);
    const make = createEventMaker(device);
    await push(centre, device, [make.open('case-1')]);
    const pushesBetween: Query = {
      async query(text, values) {
        const rows = await world.sql.query(text, values);
        await push(centre, device, [make.note('case-1', 'x')]);
        return rows as never;
      },
    };
    const page = await pullCases(pushesBetween, { centreId: centre, since: 0, bytes: 65_536 });
    const docs = CasesPage.parse({ epoch: '', ...page }).docs;
    expect([docs.map((it) => it.doc.id), page?.cursor]).toEqual([['case-1'], docs[0]?.seq]);
  });

  it('keeps a case whose text no text column would take', async () => {
    const centre = newCentre();
    const device = await addDevice(centre);
    const make = createEventMaker(device);
    const text = 'scanner \u0000 typed \udfff this';
    await push(centre, device, [make.open('case-1'), make.note('case-1', text)]);
    const page = await pullCases(world.sql, { centreId: centre, since: 0, bytes: 65_536 });
    const docs = CasesPage.parse({ epoch: '', ...page }).docs;
    expect(docs[0]?.doc.notes.map((it) => it.text)).toEqual([text]);
  });

  it('shows a centre nothing of another, not even of a case with the same id', async () => {
    const [mine, other] = [newCentre(), newCentre()];
    const [one, two] = [await addDevice(mine), await addDevice(other)];
    await push(mine, one, [createEventMaker(one).open('case-1')]);
    const foreign = await push(other, two, [createEventMaker(two).note('case-1', 'x')]);
    expect(foreign).toMatchObject({ results: [{ seq: 1, status: 'rejected', code: 'case.absent' }] });
    expect((await readAll(mine)).map((it) => it.device)).toEqual([one]);
    expect((await pullCases(world.sql, { centreId: other, since: 0, bytes: 9_999 }))?.docs).toEqual([]);
    await pushRows(world.sql, {
      centreId: mine,
      collection: 'preferences',
      rows: [{ newDocumentState: { id: 'a', secret: 1 } }],
    });
    const conflicts = await pushRows(world.sql, {
      centreId: other,
      collection: 'preferences',
      rows: [{ assumedMasterState: { id: 'a' }, newDocumentState: { id: 'a', secret: 2 } }],
    });
    expect(conflicts).toEqual([]);
  });

  it('takes a row whose sender knew what stands here, and answers what stands here otherwise', async () => {
    const centreId = newCentre();
    const rows = (...list: Parameters<typeof pushRows>[1]['rows']) =>
      pushRows(world.sql, { centreId, collection: 'preferences', rows: list });
    const one = { id: 'p', size: 1, _deleted: false };
    const two = { id: 'p', size: 2, _deleted: false };
    const gone = { id: 'p', size: 2, _deleted: true };
    expect([
      await rows({ newDocumentState: one }),
      await rows({ newDocumentState: one }),
      await rows({ newDocumentState: two }),
      await rows({ assumedMasterState: one, newDocumentState: two }),
      await rows({ assumedMasterState: one, newDocumentState: { ...one, size: 3 } }),
      await rows({ assumedMasterState: two, newDocumentState: gone }),
    ]).toEqual([[], [], [one], [], [two], []]);
    const page = await pullDocs(
      world.sql,
      { centreId, collection: 'preferences', since: 0, bytes: 99 },
      (it) => it,
    );
    expect(page).toMatchObject({ docs: [{ seq: 3, body: { id: 'p', size: 2 }, deleted: true }] });
  });

  it('forgets what was taken away longer ago than the horizon, and says so to who was away for longer', async () => {
    const centreId = newCentre();
    const day = 86_400_000;
    const write = (id: string, deleted = false) =>
      world.sql.transaction((query) => writeDocs(query, centreId, 'staff', [{ id, body: { id }, deleted }]));
    const read = (since: number) =>
      pullDocs(world.sql, { centreId, collection: 'staff', since, bytes: 999 }, (it) => it.seq);
    /** How many say that a document is gone after a run on that day. */
    const compactOn = async (at: number) => {
      await compact(world.sql, at * day);
      const rows = await world.sql.query('select id from doc where centre_id = $1 and deleted', [centreId]);
      return rows.length;
    };
    for (const id of ['a', 'b', 'c']) await write(id);
    await write('b', true);
    expect(await compactOn(1_000)).toBe(1);
    await write('c', true);
    expect([await compactOn(1_089), await read(2)]).toMatchObject([2, { docs: [4, 5] }]);
    // `c` went after the first note: only the second tells of it.
    expect([await compactOn(1_091), await read(2), await read(3)]).toEqual([1, 'compacted', 'compacted']);
    expect([await read(0), await read(4)]).toMatchObject([
      { cursor: 5, docs: [1, 5] },
      { cursor: 5, docs: [5] },
    ]);
    expect([await compactOn(1_180), await read(4)]).toEqual([0, 'compacted']);
    expect(await read(0)).toMatchObject({ cursor: 5, docs: [1] });
  });
}
