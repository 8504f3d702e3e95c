import type { FilesChoice } from './options.ts';
import { EXIT, type Problem, toProblem } from './problem.ts';
import { openByteBucket } from './store/byte-bucket.ts';
import { openByteFolder } from './store/byte-folder.ts';
import { type ByteStore, StoreFailure } from './store/byte-store.ts';
import { openBucket } from './store/s3-bucket.ts';

export type OpenStoreOutcome = { outcome: 'open'; store: ByteStore } | Problem;

/** Opens the store of files, and asks it once: a wrong key is heard of at the start and not with the first scan. */
export async function openByteStore(files: FilesChoice, dataFolder: string): Promise<OpenStoreOutcome> {
  if ('folder' in files) return openFolder(files.folder ?? dataFolder);
  const { endpoint, bucket: name } = files.bucket;
  const bucket = openBucket(files.bucket);
  try {
    await bucket.list('uploads/none/');
    return { outcome: 'open', store: openByteBucket(bucket) };
  } catch (error) {
    if (!(error instanceof StoreFailure)) throw error;
    const [what, next] =
      error.code === 'unreachable'
        ? ['does not answer', 'see that the store runs and that --s3-endpoint is right.']
        : [
            'refuses us',
            'check --s3-bucket, --s3-region, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; the bucket is to be there.',
          ];
    return toProblem(EXIT.failed, `the bucket ${name} at ${endpoint} ${what}.`, next);
  }
}

async function openFolder(folder: string): Promise<OpenStoreOutcome> {
  try {
    return { outcome: 'open', store: await openByteFolder(folder) };
  } catch (error) {
    const problem = `the folder of files ${folder} cannot be written (${(error as { code?: string }).code}).`;
    return toProblem(EXIT.notWritable, problem, 'choose another --files, or let this account write there.');
  }
}
