import type { IncomingHttpHeaders } from 'node:http';

export type ChecksumRead =
  | { outcome: 'read'; chunk: { bytes: number; sha256: string } | null }
  | { outcome: 'unreadable'; detail: string };

/** `Upload-Checksum: sha256 <base64>` of a body whose length is announced; none at all is no promise. */
export function readChecksum(headers: IncomingHttpHeaders): ChecksumRead {
  const header = headers['upload-checksum'];
  if (header === undefined) return { outcome: 'read', chunk: null };
  const [algorithm, digest = ''] = String(header).split(' ');
  if (algorithm !== 'sha256') return { outcome: 'unreadable', detail: 'the checksum is to be sha256' };
  const bytes = Buffer.from(digest, 'base64');
  if (bytes.length !== 32) return { outcome: 'unreadable', detail: 'the checksum is no SHA-256' };
  const length = Number(headers['content-length'] ?? 0);
  if (length === 0) return { outcome: 'unreadable', detail: 'a checksum needs a Content-Length' };
  return { outcome: 'read', chunk: { bytes: length, sha256: bytes.toString('hex') } };
}
