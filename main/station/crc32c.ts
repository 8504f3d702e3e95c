const POLYNOMIAL = 0x82f63b78;

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let it = byte;
  for (let bit = 0; bit < 8; bit += 1) it = it & 1 ? (it >>> 1) ^ POLYNOMIAL : it >>> 1;
  return it;
});

/** CRC-32C (Castagnoli), as iSCSI and ext4 use it. */
export function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 0xff] as number);
  return (crc ^ 0xffffffff) >>> 0;
}
