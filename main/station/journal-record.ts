import { createHash } from 'node:crypto';
import { crc32c } from './crc32c.ts';

/** `prev` of the first record there ever was. */
export const NO_RECORD = '0'.repeat(32);

const NEWLINE = 0x0a;
const HEADER = /^([0-9a-f]{8}) (\d{1,15}) ([0-9a-f]{32}) (\d{1,8}) /;
const LOOSE_HEADER = /^.{8} .{1,15} .{32} .{1,8} "/s;
const LONGEST_HEADER_BYTES = 8 + 1 + 15 + 1 + 32 + 1 + 8 + 1;
const UNWRITTEN = Buffer.alloc(8);

export type RecordPlace = { n: number; prev: string; hash: string; offset: number; lengthBytes: number };
type Span = { offset: number; lengthBytes: number };

/**
 * `<crc32c> <n> <prev> <length> <payload as JSON>` and a newline; the payload is sealed, as base64.
 *
 * The checksum covers all between itself and the newline; `prev` is the hash of the record before. JSON
 * has no raw newline, so a reader finds the next record after a damaged one; the length lets it do the same
 * where the newline itself is the damage.
 */
export function encodeRecord(n: number, prev: string, payload: string): { line: Buffer; hash: string } {
  const json = JSON.stringify(payload);
  const body = Buffer.from(` ${n} ${prev} ${Buffer.byteLength(json)} ${json}`);
  const crc = crc32c(body.subarray(1)).toString(16).padStart(8, '0');
  const line = Buffer.concat([Buffer.from(crc), body, Buffer.of(NEWLINE)]);
  return { line, hash: hashOf(line.subarray(0, -1)) };
}

/** The payload of an intact record; `null` if it is no longer intact. */
export function decodePayload(line: Buffer): string | null {
  const header = readHeader(line, 0);
  if (header === null || header.end !== line.length) return null;
  return JSON.parse(line.toString('utf8', header.json)) as string;
}

/** What a journal file holds: intact records, stretches that are damaged, and what follows the last newline. */
export type Scan = {
  records: RecordPlace[];
  damaged: (Span & { before: number; lines: number; unwritten: boolean })[];
  /** Begun and never finished: nobody was told it was saved. */
  torn: Span | null;
  /** The last record is whole but for its newline. */
  lacksNewline: boolean;
};

export function scanRecords(file: Buffer): Scan {
  const scan: Scan = { records: [], damaged: [], torn: null, lacksNewline: false };
  let at = 0;
  while (at < file.length) {
    const header = readHeader(file, at);
    if (header !== null) {
      const { n, prev, end } = header;
      const hash = hashOf(file.subarray(at, end));
      scan.records.push({ n, prev, hash, offset: at, lengthBytes: end - at });
      scan.lacksNewline = file[end] !== NEWLINE && end >= file.length - 1;
      at = end + 1;
      continue;
    }
    const newline = file.indexOf(NEWLINE, at);
    if (newline === -1) {
      scan.torn = { offset: at, lengthBytes: file.length - at };
      return scan;
    }
    addDamage(scan, file, { offset: at, lengthBytes: newline + 1 - at });
    at = newline + 1;
  }
  return scan;
}

/** Neighbouring damaged lines are one stretch: a byte that became a newline makes two lines of one. */
function addDamage(scan: Scan, file: Buffer, span: Span): void {
  const bytes = file.subarray(span.offset, span.offset + span.lengthBytes);
  const lines = LOOSE_HEADER.test(bytes.toString('latin1')) ? 1 : 0;
  const unwritten = bytes.includes(UNWRITTEN);
  const last = scan.damaged.at(-1);
  if (last !== undefined && last.offset + last.lengthBytes === span.offset) {
    last.lengthBytes += span.lengthBytes;
    last.lines += lines;
    last.unwritten ||= unwritten;
    return;
  }
  scan.damaged.push({ ...span, before: scan.records.length, lines, unwritten });
}

function readHeader(file: Buffer, at: number): { n: number; prev: string; json: number; end: number } | null {
  const found = HEADER.exec(file.toString('latin1', at, at + LONGEST_HEADER_BYTES));
  if (found === null) return null;
  const [header, crc = '', n = '', prev = '', length = ''] = found;
  const json = at + header.length;
  const end = json + Number(length);
  if (end > file.length || Number.parseInt(crc, 16) !== crc32c(file.subarray(at + 9, end))) return null;
  return { n: Number(n), prev, json, end };
}

function hashOf(line: Buffer): string {
  return createHash('sha256').update(line).digest('hex').slice(0, NO_RECORD.length);
}
