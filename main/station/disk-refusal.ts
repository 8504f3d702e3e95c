import type { DiskRefusal } from '#contract/station-contract';

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** What the disk said, as a value. Anything that is no word of the operating system is a bug and thrown on. */
export function toDiskRefusal(error: unknown): DiskRefusal {
  const code = errorCodeOf(error);
  if (code === null) throw error;
  return FULL.has(code) ? { outcome: 'disk-full' } : { outcome: 'disk-failed', code };
}

/** `ENOENT` and its like; `null` for errors that did not come from the operating system. */
export function errorCodeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/** Whether what was on the disk is gone. A file that another program holds, say a virus scanner, is not. */
export function isLoss(error: unknown): boolean {
  const code = errorCodeOf(error);
  return code === 'EIO' || code === 'ENOENT' || error instanceof SyntaxError;
}
