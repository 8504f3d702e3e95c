import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { toCanonicalJson } from '#protocol/chain';
import { EnrolAnswer, type EnrolAsk } from '#protocol/enrol';
import { toStatement } from '#protocol/statement';

/** A desk's key as the messages want it, made with nothing of the station's: the other half of both can be judged by it. */
export type DeskKey = ReturnType<typeof createDeskKey>;

export function createDeskKey() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const key = publicKey.export({ format: 'jwk' }).x as string;
  const toText = (bytes: Buffer | string) => Buffer.from(bytes).toString('base64url');
  const signText = (text: string): string => toText(sign(null, Buffer.from(text), privateKey));
  const jws = (payload: object): string => {
    const text = `${toText(JSON.stringify({ alg: 'EdDSA' }))}.${toText(JSON.stringify(payload))}`;
    return `${text}.${signText(text)}`;
  };
  return {
    key,
    jws,
    toEnrolAsk: ({ code, desk }: { code: string; desk: string }): EnrolAsk => ({
      ...{ code, desk, key },
      proof: jws({ use: 'enrol', code, desk }),
    }),
    /** A push with the signature that belongs to it. */
    signed<P extends { device: string; from: number; events: readonly unknown[] }>(push: P) {
      const hash = createHash('sha256').update(push.events.map(toCanonicalJson).join('\n')).digest('hex');
      const to = push.from + push.events.length - 1;
      return {
        ...push,
        signature: signText(toStatement({ device: push.device, from: push.from, to, hash })),
      };
    },
  };
}

/** By the token that was given with each. */
const keys = new Map<string, DeskKey>();

/** A new desk, by whatever way a test has to the server. */
export async function enrolBy(
  post: (body: EnrolAsk) => Promise<unknown>,
  as: { code: string; desk: string },
): Promise<EnrolAnswer> {
  const key = createDeskKey();
  const answer = EnrolAnswer.parse(await post(key.toEnrolAsk(as)));
  keys.set(answer.token, key);
  return answer;
}

type Push = { device: string; from: number; events: readonly unknown[] };

/** A push of the desk that was enrolled with this token, signed; anything else as it is. */
export function toSigned<B>(token: string | null | undefined, body: B): B {
  const key = keys.get(token ?? '');
  const push = body as Partial<Push> | null | undefined;
  const isPush = Array.isArray(push?.events) && push.device !== undefined && push.from !== undefined;
  return isPush && !('signature' in push) && key !== undefined ? (key.signed(push as Push) as B) : body;
}

type Records = { read(from: number, maxBytes: number): Promise<readonly { n: number; payload: string }[]> };

/** A journal that signs as that desk's station would. */
export function withSigning<J extends Records>(journal: J, { token, device }: EnrolAnswer) {
  return {
    ...journal,
    async sign({ from, to, others }: { from: number; to: number; others: { n: number; payload: string }[] }) {
      const kept = await journal.read(from, Number.MAX_SAFE_INTEGER);
      const payloads = new Map([...others, ...kept].map((it) => [it.n, it.payload]));
      const events = Array.from({ length: to - from + 1 }, (_, index) => {
        const payload = payloads.get(from + index);
        return { ...(payload === undefined ? {} : (JSON.parse(payload) as object)), n: from + index };
      });
      const push: { signature?: string } & Push = { device, from, events };
      return toSigned(token, push).signature ?? null;
    },
  };
}
