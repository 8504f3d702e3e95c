import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DiskRefusal, Services } from '#contract/station-contract';
import { createBallast } from './ballast.ts';
import { openBlobFiles } from './blob-files.ts';
import { type CentralForward, createCentralForward } from './central-forward.ts';
import type { CentralTrust } from './central-trust.ts';
import { openCounters } from './counters.ts';
import { openCredentialStore } from './credential-store.ts';
import { openDataKeys } from './data-keys.ts';
import { countPlaces, createDevices } from './devices.ts';
import { toDiskRefusal } from './disk-refusal.ts';
import { enrol } from './enrolment.ts';
import { appendInName } from './journal-guard.ts';
import { openKeptDrafts } from './kept-drafts.ts';
import { openPeople } from './people.ts';
import { openSettings } from './settings.ts';
import type { Log, Shell } from './shell.ts';
import { signEvents } from './sign-events.ts';
import { openSnapshotFiles } from './snapshot-files.ts';
import { openStationJournal } from './station-journal.ts';
import type { StationTarget } from './station-options.ts';
import { createDeskForward, createTokenKeeper, type Desk, type TokenKeeper } from './token-keeper.ts';
import { openUploader } from './upload-file.ts';
import { createWindowForward } from './window-forward.ts';

export type StationOptions = {
  dataFolder: string;
  centralUrl: string;
  enrolment: StationTarget['enrolment'];
  trust: CentralTrust;
  version: string;
  shell: Shell;
  log: Log;
};

export type OpenStation = {
  services: Services;
  forward: CentralForward;
  /** Whether the window may be closed with something unsent and the sending go on. */
  keepsSending(): boolean;
  close(): Promise<void>;
};

export type OpenOutcome =
  | { outcome: 'open'; station: OpenStation }
  /** The data is sealed with a key that this user of this computer has not. */
  | { outcome: 'locked' }
  | DiskRefusal;

/** Builds the services behind the contract; the one file that knows them all. */
export async function openStation(options: StationOptions): Promise<OpenOutcome> {
  try {
    return await build(options);
  } catch (error) {
    return toDiskRefusal(error);
  }
}

async function build(options: StationOptions): Promise<OpenOutcome> {
  const { dataFolder, shell, log } = options;
  const unlocked = await openDataKeys(dataFolder, shell, { isNew: await isEmpty(dataFolder) });
  if (unlocked.outcome !== 'open') return unlocked;
  const { sealer, windowKey } = unlocked.keys;
  const opened = await openStationJournal(dataFolder, sealer('journal'), Date.now);
  if (opened.outcome !== 'open') return opened;
  const { journal } = opened;
  const { last, repairs } = await journal.state();
  for (const repair of repairs) log('error', `journal-${repair.code}`, repair);

  const settings = await openSettings(dataFolder);
  const counters = await openCounters(dataFolder, { isNew: last === 0 });
  const credentials = await openCredentialStore(dataFolder, shell);
  const toCentral = createCentralForward(options.centralUrl, () => tokens.current(), options.trust);
  const desk = (): Desk | null => {
    const [identity, key] = [credentials.identity(), credentials.key()];
    return identity === null || key === null ? null : { device: identity.device, key };
  };
  const tokens: TokenKeeper = createTokenKeeper({
    forward: toCentral,
    desk,
    onErase: () => log('error', 'sent-away'),
  });
  const forward = createDeskForward({ forward: toCentral, tokens, desk });
  const snapshots = openSnapshotFiles(forward, join(dataFolder, 'snapshots'), sealer('snapshots'));
  const uploader = await openUploader(forward, join(dataFolder, 'blobs', 'uploads'));
  const blobs = await openBlobFiles(join(dataFolder, 'blobs'), sealer('blobs'), uploader);
  const drafts = await openKeptDrafts(join(dataFolder, 'drafts'), sealer('drafts'));
  const ballast = createBallast(dataFolder);
  void ballast.lay();
  const people = await openPeople({
    path: join(dataFolder, 'people'),
    sealer: sealer('people'),
    forward,
    isEnrolled: () => credentials.identity() !== null,
    orGiveUp: ballast.orGiveUp,
    log,
  });
  const devices = createDevices();
  void countPlaces().then((places) => log('info', 'places', places));

  async function beginAnew() {
    const begun = await journal.beginAnew();
    if (begun.outcome === 'begun' && begun.setAside !== null) {
      log('error', 'journal-set-aside', { folder: begun.setAside });
    }
    return begun;
  }

  const services: Services = {
    calls: {
      'station.info': async () => ({
        version: options.version,
        shell: shell.kind,
        central: options.centralUrl,
        enrolment: options.enrolment,
      }),
      'window.key': async () => {
        const { id, key } = windowKey();
        return { id, key: Buffer.from(key).toString('base64') };
      },
      'settings.read': async () => settings.read(),
      'settings.write': (next) => settings.write(next),
      'identity.read': async () => credentials.identity(),
      'identity.enrol': async (asked) => {
        const before = credentials.identity()?.device;
        const outcome = await enrol({ forward: toCentral, credentials, tokens, beginAnew }, asked);
        if (credentials.identity()?.device !== before) await people.forget();
        return outcome;
      },
      'person.signIn': ({ id, secret }) => people.signIn(id, secret),
      'person.unlock': ({ secret }) => people.unlock(secret),
      'person.lock': async () => {
        people.lock();
        return null;
      },
      'person.signOut': async () => {
        people.signOut();
        return null;
      },
      'person.confirm': ({ id, secret, ...of }) => people.confirm(id, secret, of),
      'journal.append': ({ payload, again }) =>
        ballast.orGiveUp(() => appendInName({ journal, people }, payload, again)),
      'journal.read': async ({ from, maxBytes }) => ({ records: await journal.read(from, maxBytes) }),
      'journal.acknowledge': async ({ upTo }) => {
        await journal.acknowledge(upTo);
        return null;
      },
      'journal.goOnAfter': async ({ n }) => {
        await journal.goOnAfter(n);
        return null;
      },
      'journal.sign': async (asked) => {
        const who = desk();
        if (who === null) return { outcome: 'no-desk' };
        return { outcome: 'signed', signature: await signEvents(journal, who, asked) };
      },
      'journal.state': () => journal.state(),
      'counter.next': ({ name }) => ballast.orGiveUp(() => counters.next(name)),
      'drafts.write': ({ id, text }) => ballast.orGiveUp(() => drafts.write(id, text)),
      'drafts.all': async () => ({ drafts: await drafts.all() }),
      'blobs.keep': async (_ask, bytes) => {
        if (bytes === null) return { outcome: 'empty' };
        return (await ballast.isLow()) ? { outcome: 'disk-low' } : blobs.keep(bytes);
      },
      'blobs.read': async ({ sha256 }) => {
        const it = await blobs.read(sha256);
        return { answer: { outcome: it.outcome }, bytes: it.outcome === 'found' ? it.bytes : null };
      },
      'blobs.queue': ({ sha256 }) => ballast.orGiveUp(() => blobs.queue(sha256)),
      'blobs.centreIs': ({ epoch }) => ballast.orGiveUp(() => blobs.centreIs(epoch)),
      'blobs.discard': ({ sha256 }) => blobs.discard(sha256),
      'blobs.waiting': () => blobs.waiting(),
      'blobs.send': (_ask, _bytes, signal) => blobs.send(signal),
      'devices.list': async () => devices.list(),
      'window.waiting': async ({ count }) => {
        shell.waitingChanged(count);
        return null;
      },
      'window.close': async () => {
        shell.closeWindow();
        return null;
      },
    },
    streams: {
      'devices.watch': (_ask, signal) => devices.watch(signal),
      'person.watch': (_ask, signal) => people.watch(signal),
    },
  };
  return {
    outcome: 'open',
    station: {
      services,
      forward: createWindowForward(snapshots.forward, people.lineIsThere),
      keepsSending: () => settings.read().keepSending,
      close() {
        people.close();
        snapshots.close();
        return journal.close();
      },
    },
  };
}

/** For whoever starts a station on data that is locked. */
export function toLocked(dataFolder: string): string {
  return (
    `The data in ${dataFolder} is sealed with a key that this user of this computer does not have. Nothing was changed. ` +
    'Start as the user who set this desk up, on the computer it was set up on; to begin anew, use another folder: --data DIR'
  );
}

/** Whether nothing is kept there that a key would be wanted for. */
async function isEmpty(dataFolder: string): Promise<boolean> {
  const there = await readdir(dataFolder).catch(() => []);
  return !there.some((it) => ['journal', 'blobs', 'drafts', 'identity.json'].includes(it));
}
