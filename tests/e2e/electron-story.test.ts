import { beforeAll } from 'vitest';
import { HAS_ELECTRON, openElectronDesk } from './parts/electron-desk.ts';
import { tellMainJob } from './parts/tell-main-job.ts';

beforeAll(() => {
  process.stdout.write(`electron: ${HAS_ELECTRON ? 'real binary' : 'stand-in (real binary absent)'}\n`);
});

tellMainJob('electron-story', openElectronDesk);
