import type { SyncFailure } from './sync-status.ts';

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;
/** Without a line asking costs nobody anything, and what waits should go soon after it is back. */
const LONGEST_OFFLINE_MS = 15_000;
/** Silence has cost its time already; a blackout must not be made longer by patience. */
const AFTER_SILENCE_MS = 1_000;
/** Where trying again changes nothing until a person has done something. */
const HOPELESS_RETRY_MS = 600_000;

/** How long to wait after the so-manieth failure in a row, and whether only a person can help. */
export function toRetryWait(failure: SyncFailure, failures: number): { ms: number; isHopeless: boolean } {
  const backoff = Math.min(longestOf(failure), FIRST_RETRY_MS * 2 ** Math.min(failures - 1, 10));
  if (failure.outcome !== 'refused') return { ms: backoff, isHopeless: false };
  switch (failure.code) {
    case 'unauthorised':
    case 'device-revoked':
    case 'not-allowed':
      return { ms: HOPELESS_RETRY_MS, isHopeless: true };
    case 'bad-request':
    case 'unreadable':
    case 'not-found':
    case 'gap':
    case 'too-large':
    case 'update-needed':
      return { ms: HOPELESS_RETRY_MS, isHopeless: false };
    default:
      // Twice what the centre asked for, of which half is certain.
      return {
        ms: failure.retryAfterMs === undefined ? backoff : failure.retryAfterMs * 2,
        isHopeless: false,
      };
  }
}

function longestOf(failure: SyncFailure): number {
  if (failure.outcome !== 'offline') return LONGEST_RETRY_MS;
  return failure.reason === 'stalled' ? AFTER_SILENCE_MS : LONGEST_OFFLINE_MS;
}
