import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { build, type Rolldown } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Hazards } from './hazards-page.fixture.ts';

const CHROMIUM = process.env.DARCHA_CHROMIUM ?? '/usr/bin/chromium';
const hasChromium = existsSync(CHROMIUM);
if (!hasChromium) process.stdout.write(`hazards: no Chromium at ${CHROMIUM}\n`);
const THREE_DAYS_MS = 3 * 86_400_000;
const profile = mkdtempSync(join(tmpdir(), 'darcha-hazards-'));
let server: Server;
let context: BrowserContext;
let origin = '';

beforeAll(async () => {
  if (!hasChromium) return;
  const script = await buildScript();
  server = createServer((_ask, answer) => answer.end('<!doctype html><title>hazards</title>'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    headless: true,
    args: ['--no-sandbox', '--disable-gpu'],
  });
  await context.addInitScript(setClock);
  await context.addInitScript({ content: script });
});
afterAll(async () => {
  await context?.close();
  server?.closeAllConnections();
  server?.close();
  rmSync(profile, { recursive: true, force: true });
});

async function run<N extends keyof Hazards>(
  name: N,
  ...given: Parameters<Hazards[N]>
): Promise<Awaited<ReturnType<Hazards[N]>>> {
  return (await runAt(0, name, ...given)) as Awaited<ReturnType<Hazards[N]>>;
}

/** In a new page, whose clock is wrong before any module reads it. */
async function runAt<N extends keyof Hazards>(offsetMs: number, name: N, ...given: Parameters<Hazards[N]>) {
  const page: Page = await context.newPage();
  try {
    await page.goto(origin);
    await page.evaluate((it) => {
      window.name = String(it);
    }, offsetMs);
    await page.reload();
    return (await page.evaluate(
      ([it, ask]) => {
        const { hazards } = globalThis as never as {
          hazards: Record<string, (...ask: unknown[]) => unknown>;
        };
        return hazards[it as string]?.(...(ask as unknown[]));
      },
      [name, given] as const,
    )) as Awaited<ReturnType<Hazards[N]>>;
  } finally {
    await page.close();
  }
}

describe.skipIf(!hasChromium)(
  'A: the clock goes back over a restart, something is saved, the clock is right again',
  () => {
    test('RxDB alone never sends what was saved meanwhile', async () => {
      await run('clockBackPlain', 'before', true);
      await runAt(-THREE_DAYS_MS, 'clockBackPlain', 'meanwhile', false);
      expect(await run('clockBackPlain', 'after', true)).toEqual(['before', 'after']);
    });
    test('the outbox goes by numbers and sends all of it', async () => {
      await run('clockBackOurs', 'before', true);
      await runAt(-THREE_DAYS_MS, 'clockBackOurs', 'meanwhile', false);
      expect(await run('clockBackOurs', 'after', true)).toEqual(['before', 'meanwhile', 'after']);
    });
  },
);

describe.skipIf(!hasChromium)('B: an answer without documents, once', () => {
  test('RxDB alone never asks again', async () => {
    expect(await run('strangeAnswerPlain')).toEqual({ asked: 1, ids: [] });
  });
  test('the answer is judged before RxDB has it, and the next round brings everything', async () => {
    expect(await run('strangeAnswerOurs')).toBe('2');
  });
});

describe.skipIf(!hasChromium)('D: the disk refuses one pulled page and takes the next', () => {
  test('RxDB alone goes on behind the hole and never comes back to it', async () => {
    const { refused, ids } = await run('refusedWritePlain');
    expect([refused, ids.includes('b')]).toEqual([1, false]);
  });
  test('a page that was not written is asked for again', async () => {
    expect(await run('refusedWriteOurs')).toEqual({ refused: 1, phone: '2', trouble: null });
  });
});

function setClock(): void {
  const offsetMs = Number(window.name);
  const { now } = Date;
  Date.now = () => now() + offsetMs;
}

async function buildScript(): Promise<string> {
  const entry = fileURLToPath(new URL('hazards-page.fixture.ts', import.meta.url));
  const made = await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, target: 'es2022', lib: { entry, formats: ['iife'], name: 'hazardsScript' } },
  });
  const [output] = (Array.isArray(made) ? made : [made]) as Rolldown.RolldownOutput[];
  return output?.output[0].code ?? '';
}
