import { generateKeyPairSync } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { type Done, EXIT, type Problem, toProblem } from '../problem.ts';

/**
 * The pair of keys of an authority, as JWK: the private one in `path`, for its owner alone, the public one beside it.
 *
 * P-256: chip cards and the keys of national authorities have it.
 */
export async function makeRecoveryKey(path: string): Promise<Done | Problem> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicPath = `${path}.public`;
  const made: string[] = [];
  try {
    for (const [file, key, mode] of [
      [path, privateKey, 0o600],
      [publicPath, publicKey, 0o644],
    ] as const) {
      await writeNew(file, `${JSON.stringify(key.export({ format: 'jwk' }))}\n`, mode);
      made.push(file);
    }
  } catch (error) {
    for (const it of made) await rm(it, { force: true });
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    const file = made.length === 0 ? path : publicPath;
    if (code === 'EEXIST') {
      return toProblem(
        EXIT.usage,
        `${file} is there already, and is not written over.`,
        'choose another name.',
      );
    }
    return toProblem(EXIT.notWritable, `${file} cannot be written (${code}).`, 'choose another folder.');
  }
  return {
    outcome: 'done',
    text: `${path} opens what stations have not sent: keep it off every network, and a copy in a safe.\n${publicPath} is for the stations: --recovery-key FILE\n`,
  };
}

async function writeNew(path: string, text: string, mode: number): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}
