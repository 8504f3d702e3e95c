import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { build, type Rolldown } from 'vite';

const CHROMIUM = process.env.DARCHA_CHROMIUM ?? '/usr/bin/chromium';
export const hasChromium = existsSync(CHROMIUM);
if (!hasChromium) process.stdout.write(`no Chromium at ${CHROMIUM}\n`);

type Work = Record<string, (...given: never[]) => unknown>;

export type ChromiumLab<W extends Work> = {
  /** In a new page of one profile. */
  run<N extends keyof W>(name: N, ...given: Parameters<W[N]>): Promise<Awaited<ReturnType<W[N]>>>;
  /** The same under a clock that is wrong before any module reads it. */
  runAt<N extends keyof W>(
    offsetMs: number,
    name: N,
    ...given: Parameters<W[N]>
  ): Promise<Awaited<ReturnType<W[N]>>>;
  newPage(): Promise<Page>;
  origin: string;
  close(): Promise<void>;
};

/** A real browser with IndexedDB in `folder`, whose pages have what a fixture file puts under `globalThis[name]`. */
export async function openChromiumLab<W extends Work>(
  fixture: string,
  name: string,
  folder = tmpdir(),
): Promise<ChromiumLab<W>> {
  const profile = mkdtempSync(join(folder, `darcha-${name}-`));
  const script = await buildScript(fixture);
  const server = createServer((_ask, answer) => answer.end(`<!doctype html><title>${name}</title>`));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    headless: true,
    args: ['--no-sandbox', '--disable-gpu'],
  });
  await context.addInitScript(setClock);
  await context.addInitScript({ content: script });

  const runAt: ChromiumLab<W>['runAt'] = async (offsetMs, work, ...given) => {
    const page = await context.newPage();
    try {
      await page.goto(origin);
      await page.evaluate((it) => {
        window.name = String(it);
      }, offsetMs);
      await page.reload();
      return (await page.evaluate(
        ([holder, it, ask]) => {
          const found = (
            globalThis as never as Record<string, Record<string, (...ask: unknown[]) => unknown>>
          )[holder as string];
          return found?.[it as string]?.(...(ask as unknown[]));
        },
        [name, work, given] as const,
      )) as never;
    } finally {
      await page.close();
    }
  };
  return {
    origin,
    runAt,
    run: (work, ...given) => runAt(0, work, ...given),
    newPage: () => context.newPage(),
    async close() {
      await context.close();
      server.closeAllConnections();
      server.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

function setClock(): void {
  const offsetMs = Number(window.name);
  const { now } = Date;
  Date.now = () => now() + offsetMs;
}

async function buildScript(fixture: string): Promise<string> {
  const entry = fileURLToPath(new URL(fixture, import.meta.url));
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
