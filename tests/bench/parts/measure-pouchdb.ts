import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#protocol/protocol-version';
import { startChild } from '../../e2e/parts/child.ts';
import type { Measured } from '../measured.ts';
import type { BenchBrowser } from './bench-browser.ts';
import type { BenchCentral } from './bench-central.ts';
import type { Keep } from './keep-open.ts';

const PACKAGES = ['pouchdb@9', 'express-pouchdb@4', 'express@4'];
const PAGE_BYTES = 1_000_000;

/** Serves one database, its page and PouchDB for the browser. */
const SERVER = `
const express = require('express');
const PouchDB = require('pouchdb').defaults({ prefix: __dirname + '/data-' });
const app = express();
app.get('/', (_, answer) => answer.type('html').send('<!doctype html><script src="/pouchdb.js"></script>'));
app.get('/pouchdb.js', (_, answer) => answer.sendFile(require.resolve('pouchdb/dist/pouchdb.min.js')));
app.use('/db', require('express-pouchdb')(PouchDB, { logPath: __dirname + '/log.txt', configPath: __dirname + '/config.json' }));
const listening = app.listen(0, '127.0.0.1', () => console.log('peer ready http://127.0.0.1:' + listening.address().port));
`;

type Ask = { browser: BenchBrowser; central: BenchCentral; keep: Keep; oursMs: number };

/** The same documents into an empty PouchDB; ours may take no longer. No row where it cannot be installed. */
export async function measurePouchdb({ browser, central, keep, oursMs }: Ask): Promise<Measured[]> {
  const folder = await mkdtemp(join(tmpdir(), 'darcha-bench-pouchdb-'));
  keep({ close: () => rm(folder, { recursive: true, force: true }) });
  try {
    const args = ['install', '--no-audit', '--no-fund', '--prefix', folder, ...PACKAGES];
    await promisify(execFile)('npm', args, { timeout: 300_000, shell: process.platform === 'win32' });
  } catch (error) {
    process.stdout.write(`left out: PouchDB cannot be installed (${(error as { code?: string }).code})\n`);
    return [];
  }
  await writeFile(join(folder, 'server.cjs'), SERVER);
  const child = await startChild([join(folder, 'server.cjs')], 'peer ready ');
  keep({ close: async () => void (await child.kill('SIGTERM')) });
  await fill(`${child.ready}/db/all`, central);
  const page = await browser.newPage(child.ready);
  const ms = await page.evaluate(replicate, `${child.ready}/db/all`);
  await page.close();
  return [
    {
      name: 'the same; floor: PouchDB from express-pouchdb, one round',
      value: oursMs,
      unit: 'ms',
      floor: ms,
      target: 1,
    },
  ];
}

/** Runs in the page. */
async function replicate(url: string): Promise<number> {
  type Pouch = { replicate: { from(url: string, options: object): Promise<unknown> } };
  const { PouchDB } = window as unknown as { PouchDB: new (name: string) => Pouch };
  const startedAt = performance.now();
  await new PouchDB('peer').replicate.from(url, { batch_size: 1_000 });
  return performance.now() - startedAt;
}

async function fill(database: string, central: BenchCentral): Promise<void> {
  await fetch(database, { method: 'PUT' });
  for (const collection of ['events', 'cases']) {
    for (let since = 0, more = true; more; ) {
      const asked = await fetch(
        `${central.url}/v1/pull/${collection}?since=${since}&bytes=${PAGE_BYTES}&full=1`,
        {
          headers: { [PROTOCOL_HEADER]: String(PROTOCOL_VERSION), authorization: `Bearer ${central.token}` },
        },
      );
      const page = (await asked.json()) as Page;
      const docs = page.docs.map((it) => ({ ...(it.doc ?? it), _id: `${collection}-${it.seq}` }));
      const taken = await fetch(`${database}/_bulk_docs`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ docs }),
      });
      if (!taken.ok) throw new Error(`the peer took no documents: ${taken.status}`);
      since = page.cursor;
      more = page.more;
    }
  }
}

type Page = { cursor: number; more: boolean; docs: { seq: number; doc?: object }[] };
