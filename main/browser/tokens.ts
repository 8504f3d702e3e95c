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
  const sessions: string[] = [];
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
      const session = newToken();
      sessions.push(session);
      return { outcome: 'session', session };
    },
    isSession: (token) => sessions.some((it) => isSame(it, token)),
  };
}

function isSame(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
