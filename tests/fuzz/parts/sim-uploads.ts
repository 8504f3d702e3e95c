import { Buffer } from 'node:buffer';
import type { ForwardAnswer } from '#station/own-answer';
import { Refusal } from '../../../sync/server/refuse.ts';
import { answerMissing } from '../../../sync/server/routes/files.ts';
import type { FileStore } from '../../../sync/server/store/files.ts';

/** A request about files as it arrives: `isWhole` is false where the line broke within its body. */
export type FileRequest = {
  method: string;
  path: string;
  headers: Readonly<Record<string, string | undefined>>;
  body: Buffer;
  isWhole: boolean;
};

export type FileAnswer = Pick<ForwardAnswer, 'status' | 'headers'> & { body: string };

type Around = { files: FileStore; centreId: number; now: number; newId(): string };

const CUT = new Error('cut');
const TUS = { 'tus-resumable': '1.0.0' };
const say = (status: number, headers: Record<string, string> = {}): FileAnswer => ({
  status,
  headers: { ...TUS, ...headers },
  body: '',
});

/** The part of `@tus/server`: reads the headers and asks our own rows and bytes. */
export async function answerFileRequest(around: Around, request: FileRequest): Promise<FileAnswer> {
  const { files, centreId, now } = around;
  if (request.path === '/v1/files/missing') return askedMissing(around, request);
  if (request.method === 'POST') return create(around, request);
  const uploadId = request.path.split('/').at(-1) ?? '';
  const found = await files.uploads.find({ centreId, uploadId }, now);
  if (found.outcome !== 'found') return say(found.outcome === 'absent' ? 404 : 410);
  const { received } = found.upload;
  if (request.method === 'HEAD') return say(200, { 'upload-offset': String(received) });
  if (Number(request.headers['upload-offset']) !== received) return say(409);
  const chunk = toPromise(request.headers);
  const result = await files.uploads
    .receive({ centreId, uploadId, from: received, chunk, source: inPieces(request), now })
    .catch(orThrow);
  if (result.outcome === 'cut') return say(400);
  if (result.outcome === 'received') return say(204, { 'upload-offset': String(result.received) });
  return say(result.outcome === 'other-chunk' ? 460 : result.outcome === 'other-file' ? 422 : 404);
}

async function askedMissing({ files, centreId }: Around, { body }: FileRequest): Promise<FileAnswer> {
  const answer = await answerMissing({ files }, { centreId }, JSON.parse(body.toString('utf8')));
  if (answer instanceof Refusal) throw new Error(answer.error);
  return { status: 200, headers: {}, body: JSON.stringify(answer) };
}

async function create({ files, centreId, now, newId }: Around, { headers }: FileRequest) {
  const bytes = Number(headers['upload-length']);
  const sha256 = Buffer.from(headers['upload-metadata']?.split(' ')[1] ?? '', 'base64').toString('utf8');
  const uploadId = newId();
  const { isKnown } = await files.uploads.create({ centreId, uploadId, sha256, bytes, now });
  const known = isKnown ? { 'upload-offset': String(bytes) } : {};
  return say(201, { location: `uploads/${uploadId}`, ...known });
}

function toPromise(headers: FileRequest['headers']): { bytes: number; sha256: string } {
  const sha256 = Buffer.from(headers['upload-checksum']?.split(' ')[1] ?? '', 'base64').toString('hex');
  return { bytes: Number(headers['content-length']), sha256 };
}

async function* inPieces({ body, isWhole }: FileRequest): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < body.length; at += 32) yield body.subarray(at, at + 32);
  if (!isWhole) throw CUT;
}

/** Nobody is there any more to hear an answer. */
function orThrow(error: unknown): { outcome: 'cut' } {
  if (error !== CUT) throw error;
  return { outcome: 'cut' };
}
