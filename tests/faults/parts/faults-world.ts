import { type CuttableLine, openCuttableLine } from '../../e2e/parts/cuttable-line.ts';
import { type LyingLine, openLyingLine } from '../../e2e/parts/lying-line.ts';
import type { ImageDisk } from './image-disk.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { type MortalCentral, openMortalCentral } from './mortal-central.ts';
import type { Random } from './seeded-random.ts';
import { openWorkingDesk, type WorkingDesk } from './working-desk.ts';

/** A desk on a disk of its own, the central server, and the line between them: bytes first, then what it says. */
export type FaultsWorld = {
  disk: ImageDisk;
  central: MortalCentral;
  line: CuttableLine;
  answers: LyingLine;
  desk: WorkingDesk;
  ledger: Ledger;
  random: Random;
  clockOffsetMs: number;
  clockWasWrong: boolean;
  close(): Promise<void>;
};

export async function openFaultsWorld(
  disk: ImageDisk,
  { script, random }: { script: string; random: Random },
): Promise<FaultsWorld> {
  const central = await openMortalCentral();
  const answers = await openLyingLine(central.url);
  const line = await openCuttableLine(answers.url);
  const ledger = createLedger();
  const desk = await openWorkingDesk({ folder: disk.folder, central: line.url, script, told: ledger.told });
  return {
    ...{ disk, central, line, answers, desk, ledger, random, clockOffsetMs: 0, clockWasWrong: false },
    async close() {
      await desk.kill();
      await desk.close();
      await line.close();
      await answers.close();
      await central.close();
    },
  };
}

/** Looks again and again until it is so; `false`: it was not in that time. */
export async function waitUntil(isSo: () => Promise<boolean>, ms: number): Promise<boolean> {
  for (const until = Date.now() + ms; Date.now() < until; await rest(250)) if (await isSo()) return true;
  return isSo();
}

export function rest(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
