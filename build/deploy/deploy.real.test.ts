import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildProgram, type RunningProgram, startProgram } from '../../sync/server/program.fixture.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const ROOT = join(HERE, '..', '..');
/** Comes with systemd; where there is none, that part is left out. */
const ANALYSER = 'systemd-analyze';

describe('what the central server is deployed by', () => {
  let folder: string;
  let program: { main: string; folder: string };
  const running: RunningProgram[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'darcha-deploy-'));
    program = await buildProgram('deploy-under-test');
  });
  afterAll(async () => {
    for (const it of running) await it.end('SIGKILL');
    await rm(folder, { recursive: true, force: true });
    await rm(program.folder, { recursive: true, force: true });
  });

  /** Starts it as written there, answers whether it is ready, and ends it as its keeper would. */
  const expectToServe = async ([main = '', ...args]: readonly string[]): Promise<void> => {
    const started = await startProgram(main, args, { DATABASE_URL: '' });
    running.push(started);
    expect((await fetch(`${started.url}/readyz`)).status).toBe(200);
    expect(await started.end('SIGTERM')).toBe(0);
  };

  it('the image has all that the program needs, and a data folder of the account that it runs as', async () => {
    const text = await readFile(join(HERE, 'Dockerfile'), 'utf8');
    const steps = text.split('\n').filter((it) => /^[A-Z]/.test(it));
    const last = steps.slice(steps.findLastIndex((it) => it.startsWith('FROM')));
    const image = join(folder, 'image');
    for (const [, from = '', to = ''] of last.map(
      (it) => /^COPY --from=made \/darcha\/(\S+) (\S+)/.exec(it) ?? [],
    )) {
      if (from === '') continue;
      const source = from === 'out/server' ? program.folder : join(ROOT, from);
      const target = to === './' ? join(image, from) : join(image, to);
      await mkdir(dirname(target), { recursive: true });
      await cp(source, target, { recursive: true });
    }
    const at = (start: string): number => last.findIndex((it) => it.startsWith(start));
    const owned = at('RUN mkdir /data && chown node:node /data');
    expect(owned).toBeGreaterThan(0);
    expect(owned).toBeLessThan(at('USER node'));
    const list = (start: string): string[] => JSON.parse(last[at(start)]?.slice(start.length) ?? '[]');
    const [node, main = '', ...args] = [...list('ENTRYPOINT '), ...list('CMD ')];
    expect(node).toBe('node');
    const inFolder = args.map((it) => (it === '/data' ? join(folder, 'data') : it));
    await expectToServe([join(image, main), ...inFolder, '--port', '0']);
  });

  it('the unit is one for systemd, and what it starts serves', async (context) => {
    const text = await readFile(join(HERE, 'darcha-central.service'), 'utf8');
    const [node, main = '', ...args] = (/^ExecStart=(.*)$/m.exec(text)?.[1] ?? '').split(' ');
    expect([node, main]).toEqual(['/usr/bin/node', '/opt/darcha/out/server/main.js']);
    const state = join(folder, 'state');
    const inState = args.map((it) => it.replace('/var/lib/darcha', state).replace(/^9464$/, '0'));
    await expectToServe([program.main, ...inState, '--port', '0']);

    const unit = join(folder, 'darcha-central.service');
    await writeFile(unit, text.replace('/usr/bin/node', process.execPath));
    const verified = spawnSync(ANALYSER, ['verify', unit], { encoding: 'utf8' });
    if (verified.error !== undefined) return context.skip(`${ANALYSER} is not installed`);
    expect([verified.status, verified.stderr]).toEqual([0, '']);
  });
});
