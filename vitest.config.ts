import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// A forgotten import of electron would try to download it: every test gets a stand-in instead.
const electronStub = fileURLToPath(new URL('./tests/electron-stand-in/unit-stub.ts', import.meta.url));
const alias = { electron: electronStub };
const exclude = ['node_modules/**', 'out/**', 'stage/**', 'release/**'];

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          include: ['{main,renderer,sync,hardware,build}/**/*.test.{ts,tsx}'],
          exclude: [...exclude, '**/*.pg.test.ts', '**/*.real.test.ts'],
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'real',
          include: ['**/*.pg.test.ts', '**/*.real.test.ts'],
          exclude: [...exclude, 'tests/e2e/**'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          exclude,
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
