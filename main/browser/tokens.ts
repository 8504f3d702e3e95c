import { randomBytes, timingSafeEqual } from 'node:crypto';

export interface Tokens {
  /** For the fragment of a window's address: good for one page, and only for `lifeMs`. */
  newBootToken(lifeMs: number): string;
  /**
   * A session for a boot token that is still good. `claim` is a secret of the page's own: a page that was reloaded
   * before the answer arrived shows it again and gets the same session; anyone else finds the token `used`.
   */
  takeBootToken(
    token: string,
    claim: string,
  ): { outcome: 'session'; session: string } | { outcome: 'unknown' | 'used' };
  isSession(token: string): boolean;
}

type Boot = { until: number; taken: { claim: string; session: string } | null };

/** Who may talk to this station: pages that we opened ourselves, for as long as this process lives. */
export function createTokens(now: () => number): Tokens {
  const boots = new Map<string, Boot>();
  // The last page that came has the desk; the one before it is told so.
  let current: string | null = null;
  const newToken = () => randomBytes(32).toString('base64url');
  return {
    newBootToken(lifeMs) {
      for (const [token, { until }] of boots) if (until < now()) boots.delete(token);
      const token = newToken();
      boots.set(token, { until: now() + lifeMs, taken: null });
      return token;
    },
    takeBootToken(token, claim) {
      const boot = boots.get(token);
      if (boot === undefined || boot.until < now()) return { outcome: 'unknown' };
      if (boot.taken === null) {
        current = newToken();
        boot.taken = { claim, session: current };
      }
      return isSame(boot.taken.claim, claim)
        ? { outcome: 'session', session: boot.taken.session }
        : { outcome: 'used' };
    },
    isSession: (token) => current !== null && isSame(current, token),
  };
}

function isSame(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
