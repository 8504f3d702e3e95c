import type { Answer, DiskRefusal, Identity } from '#contract/station-contract';
import { EnrolAnswer } from '#protocol/enrol';
import type { RecoveryKey } from '#protocol/recovery-key';
import { askCentral, type Read } from './ask-central.ts';
import type { CentralForward } from './central-forward.ts';
import type { CredentialStore } from './credential-store.ts';
import type { DeviceKey } from './device-key.ts';
import type { WriteOutcome } from './durable-file.ts';
import type { TokenKeeper } from './token-keeper.ts';

const PATIENCE_MS = 30_000;

type Parts = {
  /** Sends without being anybody. */
  forward: CentralForward;
  credentials: CredentialStore;
  tokens: TokenKeeper;
  /** The keys of the data are wrapped for it as well, before anything is recorded. */
  setRecoveryKey(key: RecoveryKey): Promise<WriteOutcome>;
  /** What was recorded as another desk is set aside. */
  beginAnew(): Promise<{ outcome: 'begun' } | DiskRefusal>;
};

/**
 * Makes this computer a desk of the centre that the code belongs to.
 *
 * The key is on the disk before the centre hears of it, and the centre answers the same key the same: killed anywhere in
 * between, or with the answer lost, the same code is simply tried again.
 */
export async function enrol(
  { forward, credentials, tokens, setRecoveryKey, beginAnew }: Parts,
  asked: { desk: string; code: string },
): Promise<Answer<'identity.enrol'>> {
  const known = credentials.identity();
  if (known !== null) return { outcome: 'enrolled', identity: known };
  let read = await askWithKey(forward, credentials, { ...asked, anew: false });
  // The centre knows this key as another desk, perhaps one that it has sent away.
  if (read.outcome === 'refused' && read.code === 'not-allowed') {
    read = await askWithKey(forward, credentials, { ...asked, anew: true });
  }
  if (read.outcome === 'refused') {
    return { outcome: read.code === 'unauthorised' ? 'code-refused' : 'refused' };
  }
  if (read.outcome !== 'ok') return read;
  const { token, expiresInSeconds, recoveryKey, ...identity } = read.answer;
  if (recoveryKey !== undefined) {
    const set = await setRecoveryKey(recoveryKey);
    if (set.outcome !== 'saved') return set;
  }
  const begun = await beginAnew();
  if (begun.outcome !== 'begun') return begun;
  const written = await credentials.write(identity satisfies Identity);
  if (written.outcome !== 'saved') return written;
  tokens.took({ token, expiresInSeconds });
  return { outcome: 'enrolled', identity };
}

async function askWithKey(
  forward: CentralForward,
  credentials: CredentialStore,
  { desk, code, anew }: { desk: string; code: string; anew: boolean },
): Promise<Read<EnrolAnswer> | DiskRefusal> {
  const prepared = await credentials.prepareKey({ anew });
  if (prepared.outcome !== 'ready') return prepared;
  const body = await toAsk(prepared.key, { desk, code });
  const ask = { path: '/v1/enrol', body, schema: EnrolAnswer };
  return askCentral(forward, ask, AbortSignal.timeout(PATIENCE_MS));
}

async function toAsk(key: DeviceKey, as: { desk: string; code: string }) {
  return { ...as, key: key.public, proof: await key.prove({ use: 'enrol', ...as }) };
}
