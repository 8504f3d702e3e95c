import { randomBytes, timingSafeEqual } from 'node:crypto';

export interface Tokens {
  /** For the fragment of a window's address: good once, and only for `lifeMs`. */
  newBootToken(lifeMs: number): string;
  /** A session for a boot token that is still good; `used` when it was taken before. */
  takeBootToken(token: string): { outcome: 'session'; session: string } | { outcome: 'unknown' | 'used' };
  isSession(token: string): boolean;
}

/** Who may talk to this station: pages that we opened ourselves, for as long as this process lives. */
export function createTokens(now: () => number): Tokens {
  const boot = new Map<string, { until: number; isUsed: boolean }>();
  // The last page that came has the desk; the one before it is told so.
  let current: string | null = null;
  const newToken = () => randomBytes(32).toString('base64url');
  return {
    newBootToken(lifeMs) {
      for (const [token, { until }] of boot) if (until < now()) boot.delete(token);
      const token = newToken();
      boot.set(token, { until: now() + lifeMs, isUsed: false });
      return token;
    },
    takeBootToken(token) {
      const found = boot.get(token);
      if (found === undefined || found.until < now()) return { outcome: 'unknown' };
      if (found.isUsed) return { outcome: 'used' };
      found.isUsed = true;
      current = newToken();
      return { outcome: 'session', session: current };
    },
    isSession: (token) => current !== null && isSame(current, token),
  };
}

function isSame(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
