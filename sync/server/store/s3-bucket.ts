import { hash } from 'node:crypto';
import { AwsClient } from 'aws4fetch';
import { StoreFailure, type StoreFault } from './byte-store.ts';

/** A bucket of an S3-compatible store, addressed by path: `https://endpoint/bucket/key`. */
export type BucketAddress = {
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
};

export type Listed = { key: string; bytes: number };

/** What we ask of a bucket. Everything rejects with a `StoreFailure` where the store does not do it. */
export type Bucket = {
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** The bytes from `from` to before `to`. */
  get(key: string, from?: number, to?: number): AsyncIterable<Uint8Array>;
  /** `null` where there is no such object. */
  size(key: string): Promise<number | null>;
  /** All objects whose key begins so, by their keys. */
  list(prefix: string): Promise<Listed[]>;
  remove(key: string): Promise<void>;
};

/** From asking to the last byte of the answer. A file has at most twenty megabytes. */
const PATIENCE_MS = 60_000;
const RETRIES = 2;

type Ask = { method: string; path?: string; body?: Uint8Array; headers?: Record<string, string> };

/** Requests signed by AWS4; the bytes of a body are part of what is signed, so the store proves them too. */
export function openBucket({ endpoint, bucket, region, ...secrets }: BucketAddress): Bucket {
  const client = new AwsClient({ ...secrets, service: 's3', region, retries: RETRIES });
  const base = `${endpoint.replace(/\/+$/, '')}/${bucket}`;

  async function ask({ method, path = '', body, headers = {} }: Ask): Promise<Response> {
    const signed = { ...headers, 'x-amz-content-sha256': hash('sha256', body ?? '') };
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const init = {
      method,
      headers: signed,
      signal,
      ...(body === undefined ? {} : { body: body as BodyInit }),
    };
    try {
      return await client.fetch(`${base}${path}`, init);
    } catch (cause) {
      throw new StoreFailure('unreachable', { cause });
    }
  }

  /** The answer, where it is a good one or one of these. */
  async function expectGood(asked: Ask, also: readonly number[] = []): Promise<Response> {
    const answer = await ask(asked);
    if (answer.ok || also.includes(answer.status)) return answer;
    throw new StoreFailure(toFault(answer.status, await readText(answer)));
  }

  return {
    async put(key, bytes) {
      await readText(await expectGood({ method: 'PUT', path: `/${key}`, body: bytes }));
    },
    async *get(key, from = 0, to) {
      const range = `bytes=${from}-${to === undefined ? '' : to - 1}`;
      const answer = await expectGood({ method: 'GET', path: `/${key}`, headers: { range } });
      try {
        if (answer.body !== null) yield* answer.body;
      } catch (cause) {
        throw new StoreFailure('unreachable', { cause });
      }
    },
    async size(key) {
      const answer = await expectGood({ method: 'HEAD', path: `/${key}` }, [404]);
      return answer.status === 404 ? null : Number(answer.headers.get('content-length'));
    },
    async list(prefix) {
      const all: Listed[] = [];
      for (let token: string | null = ''; token !== null; ) {
        const query = new URLSearchParams({ 'list-type': '2', prefix });
        if (token !== '') query.set('continuation-token', token);
        const text = await readText(await expectGood({ method: 'GET', path: `?${query}` }));
        all.push(...readList(text));
        token = readElement(text, 'NextContinuationToken');
      }
      return all.sort((a, b) => (a.key < b.key ? -1 : 1));
    },
    async remove(key) {
      await readText(await expectGood({ method: 'DELETE', path: `/${key}` }, [404]));
    },
  };
}

/** Stores that have no room say so in different ways: MinIO by 507, Ceph by 403. */
function toFault(status: number, text: string): StoreFault {
  const code = readElement(text, 'Code') ?? '';
  if (status === 507 || /Quota|Full|InsufficientStorage/.test(code)) return 'full';
  return status === 429 || status >= 500 ? 'unreachable' : 'refused';
}

async function readText(answer: Response): Promise<string> {
  try {
    return await answer.text();
  } catch (cause) {
    throw new StoreFailure('unreachable', { cause });
  }
}

/** Keys are of our making: nothing in them is written otherwise in XML. */
function readList(text: string): Listed[] {
  return [...text.matchAll(/<Contents>(.*?)<\/Contents>/gs)].map(([, it = '']) => ({
    key: readElement(it, 'Key') ?? '',
    bytes: Number(readElement(it, 'Size')),
  }));
}

function readElement(text: string, name: string): string | null {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1] ?? null;
}
