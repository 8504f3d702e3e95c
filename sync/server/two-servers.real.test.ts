import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseEvent, CentralEvent } from '#model/case-event';
import { nextChain } from '#protocol/chain';
import type { EnrolAnswer } from '#protocol/enrol';
import { EventsPage } from '#protocol/pull';
import { PushAnswer } from '#protocol/push';
import { findFreePort } from '../../tests/e2e/parts/free-port.ts';
import { startPostgres } from '../../tests/suites/start-postgres.ts';
import { createDeskKey, enrolBy, toSigned } from './auth/desk-key.fixture.ts';
import { createEventMaker, OFFICIAL, SEED, STRANGER } from './central.fixture.ts';
import { buildProgram, type RunningProgram, startProgram } from './program.fixture.ts';
import { openPostgresSql } from './store/postgres-sql.ts';
import type { Sql } from './store/sql.ts';

const postgres = await startPostgres();
if (postgres.outcome === 'none') process.stderr.write(`two servers were not tried: ${postgres.reason}\n`);
const CENTRES = [11, 13, 14, 21];
const DESKS = 8;
const BATCHES = 40;
const BATCH = 5;
const KILLS = 6;

describe.skipIf(postgres.outcome === 'none')('two servers on one PostgreSQL', () => {
  let [folder, main, out] = ['', '', ''];
  let sql: Sql;
  let ports: number[] = [];
  let servers: RunningProgram[] = [];

  const startOne = (index: number, ...more: string[]): Promise<RunningProgram> => {
    const url = postgres.outcome === 'running' ? postgres.url : '';
    const own = ['--data', join(folder, `data-${index}`), '--port', String(ports[index])];
    const shared = ['--seed', join(folder, 'seed.json'), '--demo', '--files', join(folder, 'files')];
    return startProgram(main, [...own, ...shared, '--database-url', url, ...more]);
  };
  const urlOf = (index: number): string => `http://127.0.0.1:${ports[index % 2]}`;
  const ask = (server: number, path: string, token: string | null, body?: unknown): Promise<Response> =>
    fetch(`${urlOf(server)}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        'darcha-protocol': '1',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(toSigned(token, body)) }),
    });
  const enrolAt = (server: number, centreId: number): Promise<EnrolAnswer> =>
    enrolBy(async (body) => (await ask(server, '/v1/enrol', null, body)).json(), {
      code: `DEMO-${centreId}`,
      desk: 'D',
    });
  const readStream = async (
    token: string,
  ): Promise<{ docs: CentralEvent[]; chain: string; epoch: string }> => {
    const docs: CentralEvent[] = [];
    for (;;) {
      const answer = await ask(0, `/v1/pull/events?since=${docs.length}&bytes=500000&full=1`, token);
      const page = EventsPage.parse(await answer.json());
      docs.push(...(page.docs as CentralEvent[]));
      if (!page.more) return { docs, chain: page.chain, epoch: page.epoch };
    }
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'darcha-two-'));
    await writeFile(join(folder, 'seed.json'), JSON.stringify(SEED));
    ({ main, folder: out } = await buildProgram('server-of-two'));
    ports = [await findFreePort(), await findFreePort()];
    if (postgres.outcome === 'running') sql = openPostgresSql({ url: postgres.url });
  });
  afterAll(async () => {
    for (const it of servers) await it.end('SIGKILL');
    await sql?.close();
    if (postgres.outcome === 'running') await postgres.stop();
    for (const it of [folder, out]) await rm(it, { recursive: true, force: true });
  });

  it('both start at one moment on an empty database, and each step is applied once', async () => {
    servers = await Promise.all([startOne(0), startOne(1)]);
    const ready = await Promise.all([0, 1].map(async (it) => (await ask(it, '/readyz', null)).status));
    const steps = await sql.query<{ name: string }>('select name from migration');
    expect(ready).toEqual([200, 200]);
    expect(new Set(steps.map((it) => it.name)).size).toBe(steps.length);
    expect(await sql.query(`select 1 from meta where name = 'epoch'`)).toHaveLength(1);
  });

  it('what one gives, the other knows: demonstration codes, tokens, patience with wrong codes', async () => {
    const desk = await enrolAt(0, 13);
    expect((await ask(1, '/v1/pull/events', desk.token)).status).toBe(200);
    const statuses: number[] = [];
    for (let index = 0; index < 24; index += 1) {
      statuses.push(
        (
          await ask(
            index,
            '/v1/enrol',
            null,
            createDeskKey().toEnrolAsk({ code: `WRONG-${index}`, desk: 'D' }),
          )
        ).status,
      );
    }
    expect(statuses.filter((it) => it === 401).length).toBeGreaterThanOrEqual(20);
    expect(statuses.slice(-2)).toEqual([429, 429]);
    await sql.query('delete from enrolment_failure');
  });

  it(`lose nothing and double nothing while they are killed in turn ${KILLS} times`, async () => {
    let acknowledged = 0;
    let cut = 0;
    const push = async (
      desk: EnrolAnswer,
      epoch: string,
      events: CaseEvent[],
      first: number,
    ): Promise<void> => {
      for (let at = first; ; at += 1) {
        const body = { device: desk.device, epoch, from: events[0]?.n, events };
        const answer = await ask(at, '/v1/push/events', desk.token, body).catch(() => null);
        if (answer?.ok) {
          PushAnswer.parse(await answer.json());
          acknowledged += events.length;
          return;
        }
        if (answer !== null && answer.status !== 503) throw new Error(await answer.text());
        cut += 1;
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    const work = async (index: number): Promise<EnrolAnswer> => {
      const desk = await enrolAt(0, CENTRES[index % CENTRES.length] ?? 13);
      const { epoch } = await readStream(desk.token);
      const make = createEventMaker(desk.device, desk.centreId === 21 ? STRANGER : OFFICIAL);
      for (let batch = 0; batch < BATCHES; batch += 1) {
        const caseId = `case-${desk.device}-${batch}`;
        const events = [make.open(caseId)];
        while (events.length < BATCH) events.push(make.note(caseId, 'x'));
        await push(desk, epoch, events, index + batch);
      }
      return desk;
    };
    const working = Promise.all(Array.from({ length: DESKS }, (_, index) => work(index)));
    const total = DESKS * BATCHES * BATCH;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const until = (total * (kill + 1)) / (KILLS + 2);
      while (acknowledged < until) await new Promise((resolve) => setImmediate(resolve));
      const victim = kill % 2;
      await servers[victim]?.end('SIGKILL');
      servers[victim] = await startOne(victim);
    }
    const desks = await working;

    expect(acknowledged).toBe(total);
    expect(cut).toBeGreaterThan(0);
    for (const desk of desks) {
      const { docs, chain } = await readStream(desk.token);
      const own = docs.filter((it) => it.device === desk.device);
      expect(own.map((it) => `${it.n} ${it.status}`)).toEqual(
        Array.from({ length: BATCHES * BATCH }, (_, index) => `${index + 1} ok`),
      );
      expect(docs.map((it) => it.seq)).toEqual(docs.map((_, index) => index + 1));
      let computed: Uint8Array = new Uint8Array();
      for (const it of docs) computed = nextChain(computed, it);
      expect(Buffer.from(computed).toString('base64')).toBe(chain);
    }
    const cases = await sql.query<{ doc: { notes: unknown[] } }>('select doc from case_doc');
    expect(cases.map((it) => it.doc.notes.length)).toEqual(
      Array.from({ length: DESKS * BATCHES }, () => BATCH - 1),
    );
  });

  it('told to end, one is not ready, ends what is under way, and says nothing of a citizen', async () => {
    const port = await findFreePort();
    await servers[1]?.end('SIGTERM');
    const server = await startOne(1, '--drain', '5', '--metrics-port', String(port));
    servers[1] = server;
    const desk = await enrolAt(1, 21);
    const { epoch } = await readStream(desk.token);
    const make = createEventMaker(desk.device, desk.centreId === 21 ? STRANGER : OFFICIAL);
    const names = ['Karimova Dilnoza', 'Каримова Дилноза', 'Oʻgʻiloy'];
    const events = [make.open('case-of-Karimova'), ...names.map((it) => make.note('case-of-Karimova', it))];
    const body = JSON.stringify(toSigned(desk.token, { device: desk.device, epoch, from: 1, events }));
    await ask(1, `/v1/pull/cases?since=${encodeURIComponent(names[1] ?? '')}`, desk.token);
    await ask(1, '/v1/push/events', desk.token, { names });
    const bytes = Buffer.from(body);
    const head = `POST /v1/push/events HTTP/1.1\r\nhost: x\r\ndarcha-protocol: 1\r\nauthorization: Bearer ${desk.token}\r\ncontent-length: ${bytes.length}\r\n\r\n`;
    const slow = connect(ports[1] ?? 0, '127.0.0.1');
    let answered = '';
    slow.on('data', (chunk) => {
      answered += String(chunk);
    });
    const ended = new Promise((resolve) => slow.on('close', resolve));
    slow.write(Buffer.concat([Buffer.from(head), bytes.subarray(0, 40)]));
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();

    const gone = server.end('SIGTERM');
    while ((await ask(1, '/readyz', null)).status !== 503)
      await new Promise((resolve) => setImmediate(resolve));
    expect((await ask(1, '/healthz', null)).status).toBe(200);
    while ((await ask(1, '/healthz', null).catch(() => null)) !== null)
      await new Promise((resolve) => setImmediate(resolve));
    slow.write(bytes.subarray(40));
    await ended;
    expect(answered).toMatch(/^HTTP\/1.1 200 [\s\S]+"lastN":4/);
    expect(await gone).toBe(0);
    expect(metrics).toMatch(
      /^darcha_requests_total\{route="\/v1\/pull\/:collection",method="GET",status="400"\} 1$/m,
    );
    expect(metrics).toMatch(/^darcha_refusals_total\{code="unreadable"\} 1$/m);
    expect(metrics).toMatch(/^darcha_stream_heads_sum\{coll="events"\} \d+$/m);
    expect(metrics).toMatch(/^darcha_database_connections\{state="idle"\} \d+$/m);
    expect(metrics).toMatch(/^darcha_connections_open [1-9]/m);
    for (const text of [server.said(), metrics]) {
      expect(text).not.toMatch(/Karimova|Dilnoza|Каримова|Дилноза|giloy|%D0/);
      expect(text).not.toContain(desk.token);
    }
    expect(metrics).not.toContain(desk.device);
  });
});
