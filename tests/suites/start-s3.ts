import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BucketAddress } from '../../sync/server/store/s3-bucket.ts';
import { type Child, startChild } from '../e2e/parts/child.ts';
import { findFreePort } from '../e2e/parts/free-port.ts';

/** A server that speaks S3 and checks signatures; it is installed into a folder of the test and never among ours. */
const PACKAGE = '@20minutes/s3rver@5.0.0';
const BUCKET = 'scans';

const SERVER = `
import S3rver from '@20minutes/s3rver';
const [port, directory] = process.argv.slice(2);
const options = { port: Number(port), address: '127.0.0.1', silent: true, directory, allowMismatchedSignatures: false };
await new S3rver({ ...options, configureBuckets: [{ name: '${BUCKET}' }] }).run();
console.log('s3 ready ' + port);
`;

export type TestS3 = {
  address: BucketAddress;
  /** Nobody answers at the address any more. */
  stop(): Promise<void>;
  /** Answers again, with all that it had. */
  start(): Promise<void>;
  close(): Promise<void>;
};

export type StartS3Outcome = { outcome: 'running'; s3: TestS3 } | { outcome: 'none'; reason: string };

export async function startS3(): Promise<StartS3Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'darcha-s3-'));
  const forget = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', folder, PACKAGE];
    await promisify(execFile)('npm', args, { timeout: 300_000, shell: process.platform === 'win32' });
  } catch (error) {
    await forget();
    return {
      outcome: 'none',
      reason: `${PACKAGE} cannot be installed (${(error as { code?: string }).code})`,
    };
  }
  await writeFile(join(folder, 'server.mjs'), SERVER);
  const port = await findFreePort();
  let child: Child | null = null;
  const start = async (): Promise<void> => {
    // Its marks between two pages of a list are made by a cipher that OpenSSL 3 calls old.
    const args = [
      '--openssl-legacy-provider',
      join(folder, 'server.mjs'),
      String(port),
      join(folder, 'data'),
    ];
    child = await startChild(args, 's3 ready ');
  };
  const stop = async (): Promise<void> => {
    await child?.kill('SIGKILL');
  };
  await start();
  const keys = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
  const address = { endpoint: `http://127.0.0.1:${port}`, bucket: BUCKET, region: 'us-east-1', ...keys };
  const close = async (): Promise<void> => {
    await stop();
    await forget();
  };
  return { outcome: 'running', s3: { address, stop, start, close } };
}
