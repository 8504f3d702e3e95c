import { expect, it } from 'vitest';
import { toService } from '#model/service.fixture';
import { SEED } from '../../sync/server/central.fixture.ts';
import { createCode, enrolDevice } from '../../sync/server/store/enrolment.ts';
import { getEpoch, isSchemaCurrent, MIGRATIONS, migrate } from '../../sync/server/store/migrate.ts';
import { pullDocs } from '../../sync/server/store/pull-pages.ts';
import { saveSeed } from '../../sync/server/store/save-seed.ts';
import { transact } from '../../sync/server/store/sql.ts';
import { readHeads } from '../../sync/server/store/streams.ts';
import { type StoreWorld, upTo } from './store-world.ts';

/** Migrations, transactions, the seed, enrolment. */
export function runDatabaseTests(world: StoreWorld): void {
  it('applies each migration once, also when two servers start at the same moment', async () => {
    const again = await Promise.all([migrate(world.sql), migrate(world.sql)]);
    const rows = await world.sql.query<{ name: string }>('select name from migration order by number');
    expect({ again, names: rows.map((it) => it.name) }).toEqual({
      again: [
        { outcome: 'migrated', applied: [] },
        { outcome: 'migrated', applied: [] },
      ],
      names: MIGRATIONS.map((it) => it.name),
    });
  });

  it('refuses a database with a step it does not know, and one with a step changed since', async () => {
    const known = MIGRATIONS.map((it) => ({ ...it, text: `${it.text}\n-- otherwise` }));
    expect([await migrate(world.sql, []), await migrate(world.sql, known)]).toEqual([
      { outcome: 'newer', name: '0001-central.sql' },
      { outcome: 'changed', name: '0001-central.sql' },
    ]);
  });

  it('lets an older program work on where each newer step says that it is safe for it', async () => {
    const older = MIGRATIONS;
    const newest = older.at(-1)?.number;
    const strict = { number: 9_001, name: '9001-strict.sql', text: 'create table strict_step (a int);' };
    const lenient = { number: 9_000, name: '9000-lenient.sql', text: `-- safe for: ${newest}\nselect 1;` };
    const outcomes = [
      await migrate(world.sql, older),
      await migrate(world.sql, [...MIGRATIONS, lenient]),
      await migrate(world.sql, older),
      await isSchemaCurrent(world.sql),
      await migrate(world.sql, [...MIGRATIONS, lenient, strict]),
      await migrate(world.sql),
      await isSchemaCurrent(world.sql),
    ];
    await world.sql.query('delete from migration where number >= 9000');
    await world.sql.query('drop table strict_step');
    const nothing = { outcome: 'migrated', applied: [] };
    expect(outcomes).toEqual([
      nothing,
      { outcome: 'migrated', applied: [lenient.name] },
      nothing,
      true,
      { outcome: 'migrated', applied: [strict.name] },
      { outcome: 'newer', name: strict.name },
      false,
    ]);
  });

  it('rolls a transaction back whole, and keeps its epoch', async () => {
    const epoch = await getEpoch(world.sql);
    const failing = world.sql.transaction(async (query) => {
      await query.query(`update meta set value = 'other' where name = 'epoch'`);
      throw new Error('stop');
    });
    await expect(failing).rejects.toThrow('stop');
    expect(await getEpoch(world.sql)).toBe(epoch);
  });

  it('tries a transaction again that was the victim of a deadlock', async () => {
    let attempts = 0;
    const result = await transact(world.sql, async () => {
      attempts += 1;
      if (attempts < 3) throw Object.assign(new Error('deadlock'), { code: '40P01' });
      return 'done';
    });
    expect({ result, attempts }).toEqual({ result: 'done', attempts: 3 });
  });

  it('gives a document of the seed a new number only when it reads otherwise', async () => {
    const before = await readHeads(world.sql, 13);
    const same = await saveSeed(world.sql, SEED, { demo: true });
    const changed = await saveSeed(
      world.sql,
      { ...SEED, services: [toService(1, 'Renamed'), toService(2, 'New')] },
      { demo: true },
    );
    const older = await saveSeed(world.sql, { ...SEED, services: [toService(2, 'New')] }, { demo: false });
    const after = await readHeads(world.sql, 13);
    expect({ same, changed, older }).toEqual({ same: 0, changed: 2, older: 1 });
    expect(after).toEqual({ ...before, services: 3, staff: 2 });
    const page = await pullDocs(
      world.sql,
      { centreId: 13, collection: 'services', since: 0, bytes: 99_999 },
      (it) => it.seq,
    );
    expect(page).toMatchObject({ docs: [2, 3] });
    await saveSeed(world.sql, SEED, { demo: true });
  });

  it('takes an enrolment code once, within its time, and never gives a desk number twice', async () => {
    const now = 1_795_000_000_000;
    const made = await createCode(world.sql, 13, now);
    if (made.outcome !== 'made') throw new Error(made.outcome);
    const typed = made.code.toLowerCase().replaceAll('-', ' ');
    const enrolled = await enrolDevice(world.sql, { code: typed, desk: 'A', key: null, demo: false, now });
    const again = await enrolDevice(world.sql, { code: made.code, desk: 'B', key: null, demo: false, now });
    const late = await createCode(world.sql, 13, now - 20 * 86_400_000);
    const tooLate = await enrolDevice(world.sql, {
      code: late.outcome === 'made' ? late.code : '',
      desk: 'C',
      key: null,
      demo: false,
      now,
    });
    expect([enrolled.outcome, again.outcome, tooLate.outcome]).toEqual(['enrolled', 'bad-code', 'bad-code']);
    expect(await createCode(world.sql, 999_999, now)).toEqual({ outcome: 'no-centre' });
    const many = await Promise.all(
      upTo(8).map((it) =>
        enrolDevice(world.sql, {
          code: it % 2 ? 'DEMO-11' : 'DEMO-13',
          desk: `${it}`,
          key: null,
          demo: true,
          now,
        }),
      ),
    );
    const numbers = many.map((it) => (it.outcome === 'enrolled' ? it.answer.deskNumber : 0));
    expect(numbers.sort((a, b) => a - b)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('takes no code for which it has no desk number', async () => {
    const now = 1_795_000_000_000;
    await world.sql.query(
      `insert into device (centre_id, device_id, desk, desk_number, number_prefix, enrolled_at)
       select 21, 'full-' || n, 'Desk', n, c.number_prefix, 0
         from generate_series(1, 99) as n, centre as c where c.centre_id = 21`,
    );
    const made = await createCode(world.sql, 21, now);
    if (made.outcome !== 'made') throw new Error(made.outcome);
    const ask = { code: made.code, desk: 'A', key: null, demo: false, now };
    expect(await enrolDevice(world.sql, ask)).toEqual({ outcome: 'no-number' });
    await world.sql.query(`delete from device where device_id = 'full-7'`);
    expect(await enrolDevice(world.sql, ask)).toMatchObject({
      outcome: 'enrolled',
      answer: { deskNumber: 7 },
    });
    await world.sql.query(`delete from device where device_id like 'full-%'`);
  });
}
