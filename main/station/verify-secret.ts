import { readFile } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';

/** Whether the secret is what one of these was made of. */
export type VerifySecret = (secret: string, hashes: readonly string[]) => Promise<boolean>;

/** Built from `check-secret.ts`, beside whatever this is built into. */
const PROGRAM = new URL('./check-secret.cjs', import.meta.url);

/** Argon2id in a thread of its own, so that the journal answers meanwhile. The text is read here: a thread cannot read an archive. */
export const verifyInThread: VerifySecret = async (secret, hashes) => {
  const text = await readFile(PROGRAM, 'utf8');
  return new Promise((resolve, reject) => {
    const worker = new Worker(text, { eval: true, workerData: { secret, hashes: [...hashes] } });
    worker.once('message', (isRight) => resolve(isRight === true));
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the check of a secret ended without an answer')));
  });
};
