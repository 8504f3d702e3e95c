import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import type { Language } from '../../../renderer/i18n/messages.ts';
import { see, signIn } from './clerk.ts';
import { listCases } from './clerk-case.ts';
import {
  choosePrintLanguage,
  completeApplicant,
  type DroppedFile,
  declare,
  draftLink,
  dropFile,
  fillBirthAllowance,
  finish,
  openDraft,
  pasteMrz,
  readIntake,
  SPECIMEN_CARD,
  SPECIMEN_NAME,
  startCase,
  waitUntilSaved,
} from './clerk-intake.ts';
import type { DeskOnLine } from './desk-on-line.ts';
import { formWords } from './seed.ts';

// The steps of the story, the same in both shells.

/** A scan of this many bytes; no two of different seeds are the same. */
export function makeFile(name: string, mime: string, lengthBytes: number): DroppedFile {
  const bytes = new Uint8Array(lengthBytes);
  for (let at = 0; at < lengthBytes; at += 32) {
    const part = createHash('sha256').update(`${name} ${at}`).digest();
    bytes.set(part.subarray(0, lengthBytes - at), at);
  }
  return { name, mime, bytes };
}

export function hashOf({ bytes }: DroppedFile): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Takes a birth allowance up to the last field, and waits until all of it is on the disk. */
export async function beginCase(
  { clerk }: DeskOnLine,
  visit: { child: string; print: Language; identity: DroppedFile; other?: DroppedFile },
): Promise<Awaited<ReturnType<typeof readIntake>>> {
  await startCase(clerk, 'suyunchi', 'SOC-03');
  await pasteMrz(clerk, SPECIMEN_CARD);
  await completeApplicant(clerk, 'Botir qizi');
  await fillBirthAllowance(clerk, visit.child);
  const { paper } = formWords('SOC-03', clerk.language);
  await dropFile(clerk, paper('identity-document'), visit.identity);
  if (visit.other !== undefined) await dropFile(clerk, clerk.t('documents.other'), visit.other);
  await choosePrintLanguage(clerk, visit.print);
  await declare(clerk);
  await waitUntilSaved(clerk);
  return readIntake(clerk);
}

/** Power comes back and the clerk signs in again. */
export async function startAgain({ desk, clerk }: DeskOnLine, staff: string): Promise<void> {
  await desk.start();
  await signIn(clerk, staff);
}

/** What the draft holds after a power cut. */
export async function readDraft({ clerk }: DeskOnLine): Promise<Awaited<ReturnType<typeof readIntake>>> {
  await openDraft(clerk, SPECIMEN_NAME);
  return readIntake(clerk);
}

/** The cases of the list are these, each once, and no draft is left of them. */
export async function expectOnlyCases({ clerk }: DeskOnLine, numbers: readonly string[]): Promise<void> {
  const { page, t } = clerk;
  expect(await listCases(clerk)).toEqual([...numbers].sort());
  await page.keyboard.press('F2');
  await see(page.getByText(t('drafts.none')));
  expect(await draftLink(clerk, SPECIMEN_NAME).count()).toBe(0);
}

/**
 * After a power cut in the moment of F9: the case is there, or its draft is and is finished now.
 *
 * Answers the number of the one case that there is more than before.
 */
export async function finishWhatIsLeft(at: DeskOnLine, before: readonly string[]): Promise<string> {
  const now = await listCases(at.clerk);
  const more = now.filter((it) => !before.includes(it));
  if (more[0] !== undefined) {
    expect(more).toHaveLength(1);
    return more[0];
  }
  await openDraft(at.clerk, SPECIMEN_NAME);
  return finish(at.clerk);
}
