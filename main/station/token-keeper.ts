import { ChallengeAnswer, Token } from '#protocol/token';
import { askCentral, type Read } from './ask-central.ts';
import type { CentralForward, ForwardAsk } from './central-forward.ts';
import type { DeviceKey } from './device-key.ts';
import { drain, type ForwardAnswer, inOnePiece, ownAnswer } from './own-answer.ts';

/** Asked for anew so long before it runs out: a request that is under way then still comes in time. */
const EARLY_MS = 60_000;
const PATIENCE_MS = 30_000;
/** What the centre takes of JSON in one body: so much is held, to be sent again with a new token. */
const HELD_BYTES = 262_144;

export type Desk = { device: string; key: DeviceKey };

export interface TokenKeeper {
  /** `null`: there is none that is good any more. */
  current(): string | null;
  took(token: Token): void;
  /** Proves anew who we are. What came instead of a token, where none came. */
  renew(): Promise<Exclude<Read<Token>, { outcome: 'ok' }> | null>;
  /** The centre does not know this one, whatever its time. */
  refused(token: string | null): void;
}

/**
 * The token of this desk, which lives in memory alone and an hour at most: whoever has no key has none.
 *
 * Time is counted as it runs, not as a clock shows it.
 */
export function createTokenKeeper(options: {
  /** Sends without a token. */
  forward: CentralForward;
  desk(): Desk | null;
  /** The centre has sent this desk away, and its data is to be opened no more. */
  onErase(): void;
  runningMs?: () => number;
}): TokenKeeper {
  const { forward, desk, onErase, runningMs = () => performance.now() } = options;
  let held: { token: string; until: number } | null = null;
  let renewing: ReturnType<TokenKeeper['renew']> | null = null;

  async function prove({ device, key }: Desk): Promise<Read<Token>> {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const challenge = { path: '/v1/challenge', body: {}, schema: ChallengeAnswer };
    const asked = await askCentral(forward, challenge, signal);
    if (asked.outcome !== 'ok') return asked;
    const assertion = await key.prove({ use: 'token', device, nonce: asked.answer.nonce });
    return askCentral(forward, { path: '/v1/token', body: { device, assertion }, schema: Token }, signal);
  }

  const keeper: TokenKeeper = {
    current: () => (held !== null && runningMs() < held.until ? held.token : null),
    took({ token, expiresInSeconds }) {
      held = { token, until: runningMs() + expiresInSeconds * 1000 - EARLY_MS };
    },
    renew() {
      const who = desk();
      if (who === null) return Promise.resolve(null);
      renewing ??= prove(who)
        .then((read) => {
          if (read.outcome === 'ok') {
            keeper.took(read.answer);
            return null;
          }
          if (read.outcome === 'refused' && read.erase) onErase();
          return read;
        })
        .finally(() => {
          renewing = null;
        });
      return renewing;
    },
    refused(token) {
      if (held?.token === token) held = null;
    },
  };
  return keeper;
}

/**
 * Sends as this desk: with a token that is good, and once more with a new one where the centre does not know it.
 *
 * A long body is not held for that: its sender hears that there is no line and begins again.
 */
export function createDeskForward(options: {
  /** Sends with the token that the keeper has. */
  forward: CentralForward;
  tokens: TokenKeeper;
  desk(): Desk | null;
}): CentralForward {
  const { forward, tokens, desk } = options;
  return async (ask) => {
    if (desk() === null) return forward(ask);
    if (tokens.current() === null) {
      const failed = await tokens.renew();
      if (failed !== null) return toAnswer(failed);
    }
    const held = await hold(ask);
    const token = tokens.current();
    const answer = await forward(held.next());
    // Asked for anew the next time, which tells a desk that was sent away what is to become of it.
    if (answer.status === 403) tokens.refused(token);
    if (answer.status !== 401) return answer;
    await drain(answer);
    tokens.refused(token);
    const failed = await tokens.renew();
    if (failed !== null) return toAnswer(failed);
    return held.isWhole ? forward(held.next()) : ownAnswer(502, 'unreachable');
  };
}

/** The request as often as it is wanted, if its body is short enough. */
async function hold(ask: ForwardAsk): Promise<{ isWhole: boolean; next(): ForwardAsk }> {
  if (ask.body === null) return { isWhole: true, next: () => ask };
  const length = Number(ask.headers['content-length'] ?? Number.NaN);
  if (!(length <= HELD_BYTES)) return { isWhole: false, next: () => ask };
  const pieces: Uint8Array[] = [];
  for await (const piece of ask.body) pieces.push(piece);
  const body = Buffer.concat(pieces);
  return { isWhole: true, next: () => ({ ...ask, body: inOnePiece(body) }) };
}

function toAnswer(failed: Exclude<Read<Token>, { outcome: 'ok' }>): ForwardAnswer {
  switch (failed.outcome) {
    case 'offline':
      return ownAnswer(502, 'unreachable');
    case 'not-central':
      return ownAnswer(200, 'not-central');
    case 'refused':
      return ownAnswer(failed.status, failed.code, failed.retryAfterSeconds);
  }
}
