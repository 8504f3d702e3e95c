// A process of its own: does one work on the keys of a station, and dies at the step it was told.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CentralForward } from '#station/central-forward';
import { openCredentialStore } from '#station/credential-store';
import { openDataKeys, recoverDataKeys } from '#station/data-keys';
import { enrol } from '#station/enrolment';
import { eraseStation, forgetErase } from '#station/erase-station';
import { createHostSeal } from '#station/host-key';
import { dropOlderKeys } from '#station/keep-keys-young';
import { readRecoverySecret } from '#station/recovery-key';
import { createTokenKeeper } from '#station/token-keeper';
import { dieAtStep } from './die-at-step.ts';
import type { KeyWork } from './key-works.ts';
import { openKeys, openParts, type Place } from './planted-station.ts';

const [work = '', data = '', home = '', authority = '', step = '0'] = process.argv.slice(2);
const place: Place = { data, home };
const secret = readRecoverySecret(readFileSync(authority, 'utf8'));
if (secret === null) throw new Error('no recovery key');

const WORKS: Record<KeyWork, () => Promise<unknown>> = {
  'first start': async () => {
    const opened = await openDataKeys(data, createHostSeal(home), { isNew: true });
    if (opened.outcome !== 'open') throw new Error(`the keys are ${opened.outcome}`);
    await opened.keys.setRecoveryKey(secret.key);
  },
  'recovery key': async () => (await openKeys(place)).setRecoveryKey(secret.key),
  rotate: async () => (await openKeys(place)).rotate(),
  'drop the older': async () => {
    const keys = await openKeys(place);
    const { drafts, blobs, journal } = await openParts(place, keys);
    await dropOlderKeys(data, keys, [drafts, blobs]);
    await journal.close();
  },
  erase: () => eraseStation(data, 'revoked', Date.now()),
  recover: () => recoverDataKeys(data, createHostSeal(home), secret, () => forgetErase(data)),
  enrol: async () => {
    const keys = await openKeys(place);
    const credentials = await openCredentialStore(data, keys.device);
    const tokens = createTokenKeeper({ forward: centre, desk: () => null, onErase: () => undefined });
    const beginAnew = async () => ({ outcome: 'begun' as const });
    const asked = { desk: '1', code: 'ONE-USE' };
    const { setRecoveryKey } = keys;
    const parts = { forward: centre, credentials, tokens, setRecoveryKey, beginAnew };
    const { outcome } = await enrol(parts, asked);
    if (outcome !== 'enrolled') throw new Error(`enrolment: ${outcome}`);
  },
};

/** Knows a code once: for the key that came first. */
const centre: CentralForward = async ({ body }) => {
  let text = '';
  for await (const piece of body ?? []) text += Buffer.from(piece).toString();
  const { key } = JSON.parse(text) as { key: string };
  const path = join(home, 'centre.json');
  if (!existsSync(path)) writeFileSync(path, key);
  const isKnown = readFileSync(path, 'utf8') === key;
  const device = createHash('sha256').update(key).digest('hex').slice(0, 12);
  const desk = { device, centreId: 1, desk: '1', deskNumber: 1, demo: false };
  const answer = { ...desk, token: 't'.repeat(40), expiresInSeconds: 3_600 };
  const said = isKnown ? answer : { error: 'unauthorised' };
  return {
    status: isKnown ? 200 : 401,
    headers: { 'content-type': 'application/json' },
    body: (async function* () {
      yield Buffer.from(JSON.stringify(said));
    })(),
  };
};

const { steps } = dieAtStep(Number(step));
await WORKS[work as KeyWork]();
process.stdout.write(`${steps()}\n`);
