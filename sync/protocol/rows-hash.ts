import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';

/** Hash of which rows a state stream has, hex: a line of number and id for each that lives, in order of number. */
export function toRowsHash(rows: readonly { seq: number; id: string }[]): string {
  const lines = [...rows].sort((a, b) => a.seq - b.seq).map((it) => `${it.seq} ${it.id}`);
  return bytesToHex(sha256(new TextEncoder().encode(lines.join('\n'))));
}
