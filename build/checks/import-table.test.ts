import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

// A small project that breaks every rule; the files named fine, and what they use, are in order.
const TREE: Record<string, string> = {
  'hardware/drivers/pad.ts': "import '../../main/station/station.ts';",
  'main/contract/call.ts': "import '#model/case';",
  'main/station/station.ts': "import { replica } from '#replica/replica';\nexport const station = replica;",
  'main/electron/main.ts': "import '../browser/main.ts';",
  'main/browser/main.ts': "import 'electron';",
  'sync/model/case.ts': "import '../protocol/push.ts';",
  'sync/protocol/push.ts': 'export const push = 1;',
  'sync/replica/replica.ts': 'export const replica = 1;',
  'sync/server/main.ts': "import '../replica/replica.ts';\nimport 'rxdb';",
  'renderer/components/field.ts':
    "import { replica } from '#replica/replica';\nexport const field = replica;",
  'renderer/features/intake/intake.ts': "import '../cases/cases.ts';\nimport '../../../build/run/tool.ts';",
  'renderer/features/cases/cases.ts': "import '#replica/replica';",
  'build/run/tool.ts': 'export const tool = 1;',
  'sync/model/round-a.ts': "import { b } from './round-b.ts';\nexport const a = b;",
  'sync/model/round-b.ts': "import { a } from './round-a.ts';\nexport const b = a;",
  'renderer/features/cases/fine.ts': "import '../../data/use-case.ts';",
  'renderer/data/use-case.ts': "import '#replica/replica';\nimport '#contract/fine';",
  'main/contract/fine.ts': 'export const fine = 1;',
  'node_modules/electron/package.json': '{ "main": "index.js" }',
  'node_modules/electron/index.js': '',
  'node_modules/rxdb/package.json': '{ "exports": { ".": { "import": "./index.js" } } }',
  'node_modules/rxdb/index.js': '',
};

const folder = mkdtempSync(join(tmpdir(), 'import-table-'));

beforeAll(() => {
  for (const [path, text] of Object.entries(TREE)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  for (const path of [
    'package.json',
    'tsconfig.json',
    'build/checks/import-table.cjs',
    'build/checks/tsconfig.base.json',
  ]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(root, path), join(folder, path));
  }
});

afterAll(() => rmSync(folder, { recursive: true }));

test('every forbidden import is named, and no permitted one', async () => {
  const violations = await cruise();
  expect(violations).toEqual([
    'hardware/drivers/pad.ts → main/station/station.ts',
    'main/browser/main.ts → electron',
    'main/contract/call.ts → sync/model/case.ts',
    'main/electron/main.ts → main/browser/main.ts',
    'main/station/station.ts → sync/replica/replica.ts',
    'renderer/components/field.ts → sync/replica/replica.ts',
    'renderer/features/cases/cases.ts → sync/replica/replica.ts',
    'renderer/features/intake/intake.ts → build/run/tool.ts',
    'renderer/features/intake/intake.ts → renderer/features/cases/cases.ts',
    'sync/model/case.ts → sync/protocol/push.ts',
    'sync/model/round-a.ts → sync/model/round-b.ts',
    'sync/server/main.ts → rxdb',
    'sync/server/main.ts → sync/replica/replica.ts',
  ]);
}, 60_000);

type Cruise = { summary: { violations: { from: string; to: string; rule: { severity: string } }[] } };

function cruise(): Promise<string[]> {
  const script = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [
    script,
    '--config',
    'build/checks/import-table.cjs',
    '--output-type',
    'json',
    'main',
    'renderer',
    'sync',
    'hardware',
    'build',
  ];
  return new Promise((resolve) => {
    // Its exit code is the number of violations: here they are what is wanted.
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 32 * 1024 * 1024 }, (_, stdout) => {
      const { summary } = JSON.parse(stdout) as Cruise;
      const named = summary.violations
        .filter((it) => it.rule.severity === 'error')
        .map(({ from, to }) => `${from} → ${to.includes('node_modules/') ? packageOf(to) : to}`);
      resolve([...new Set(named)].sort());
    });
  });
}

function packageOf(path: string): string {
  return path.split('node_modules/').at(-1)?.split('/')[0] ?? path;
}
