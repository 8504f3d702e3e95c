import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { type EventBody, EventBody as EventBodySchema } from '#model/case-event';
import { newId } from '#model/new-id';
import type { Collection, Heads } from '#protocol/collection';
import { EnrolAnswer } from '#protocol/enrol';
import { createHttpCentral } from '#replica/http-central';
import { openReplica } from '#replica/open-replica';
import type { Journal } from '#replica/ports';
import { askCentral } from '#station/ask-central';
import { type BlobFiles, openBlobFiles } from '#station/blob-files';
import { type CentralForward, createCentralForward } from '#station/central-forward';
import { createDeviceKey, type DeviceKey } from '#station/device-key';
import { signEvents } from '#station/sign-events';
import { openSnapshotFiles } from '#station/snapshot-files';
import { openUploader } from '#station/upload-file';
import { testSealer } from '../../main/station/sealer.fixture.ts';
import { createMemoryDisk } from '../../sync/replica/memory-central.fixture.ts';
import { findDifferent } from './find-different.ts';

/** How far a desk has read, by collection. */
export type Cursors = Partial<Record<Collection, number>>;

/** A desk without a window: the station's own way to the centre and the real replica, its storage in memory. */
export type ThinDesk = {
  token: string;
  /** Begins to sync where it does not yet; resolves when it rests with nothing waiting and has read as far as asked. */
  syncTo(cursors: Cursors): Promise<{ ms: number }>;
  /** Ends the syncing after the round under way. */
  rest(): void;
  /** Takes one case and adds to it until so many events are recorded. */
  record(many: number): Promise<void>;
  /** Takes one case with scans of so many bytes each. */
  recordScans(sizes: readonly number[]): Promise<void>;
  cursors(): Cursors;
  /** When this desk first knew of a number of `events`, in epoch ms. */
  knownAt(seq: number): number | undefined;
  /** What was pulled, as `events 17`: from behind which number. As the station asked it of the centre. */
  asked: string[];
  /** Everything that it asked of the centre, as `POST /v1/hello`. */
  requests: string[];
  /** How often a request was left because nothing came. */
  silences(): number;
  /** The heads that the centre told by itself. */
  pokes(): readonly Heads[];
  /** Resolves when it has told any. */
  heard(): Promise<void>;
  /** Bytes of scans that the centre has not. */
  scanBytesLeft(): number;
  /** Cases that are not here as the centre has them. */
  findDifferent(): Promise<string[]>;
  /** As after a power cut: what is in memory is gone, journal and scans are there. */
  restart(): Promise<void>;
  close(): Promise<void>;
};

const details = {
  by: 'baxmal-clerk-1',
  prefix: '1708204',
  year: 2026,
  fee: { amount: 0, baseAmount: 412_000, tier: 'standard', currency: 'UZS' as const },
  missing: [],
  dueAt: null,
};

export type ThinDeskOptions = {
  url: string;
  code: string;
  desk: string;
  /** Where it keeps its scans and what comes packed; without one it has neither. */
  folder?: string;
  /** How wrong its clock is. */
  clockOffsetMs?: number;
};

export async function openThinDesk(at: ThinDeskOptions): Promise<ThinDesk> {
  const { key } = createDeviceKey();
  const { token, expiresInSeconds: _, ...identity } = await enrol(at, key);
  const disk = createMemoryDisk();
  const cursors: Cursors = {};
  const known: number[] = [];
  const asked: string[] = [];
  const requests: string[] = [];
  const pokes: Heads[] = [];
  let silences = 0;
  let tellHeard: () => void = () => undefined;
  const hasHeard = new Promise<void>((resolve) => {
    tellHeard = resolve;
  });
  const toCentral = createCentralForward(at.url, () => token);
  const noted: CentralForward = (ask) => {
    requests.push(`${ask.method} ${ask.path}`);
    return toCentral(ask);
  };
  const packed =
    at.folder === undefined ? null : openSnapshotFiles(noted, join(at.folder, 'snapshots'), testSealer);
  const forward = packed?.forward ?? noted;
  const now = () => Date.now() + (at.clockOffsetMs ?? 0);
  const http = createHttpCentral({
    fetch: toFetch((ask) => {
      const [, collection, since] = /^\/v1\/pull\/(\w+)\?since=(\d+)/.exec(ask.path) ?? [];
      if (collection !== undefined) asked.push(`${collection} ${since}`);
      return forward(ask);
    }),
    baseUrl: '',
    now,
  });
  const blobs = at.folder === undefined ? null : await openScans(at.folder, forward);
  const open = () =>
    openReplica({
      name: `${identity.device}-${newId()}`,
      identity,
      storage: getRxStorageMemory() as never,
      ports: {
        ...{
          journal: signedBy(disk.journal, key, identity.device),
          files: disk.files,
          nextCount: disk.nextCount,
        },
        ...(blobs === null
          ? {}
          : { files: { ...blobs, send: () => blobs.send(new AbortController().signal) } }),
        central: {
          ...http,
          async pull(ask, signal, begun) {
            const page = await http.pull(ask, signal, begun);
            if (page.outcome === 'ok') note(ask.collection, page.answer.cursor);
            return page;
          },
          async hello(ask, signal) {
            const answer = await http.hello(ask, signal);
            if (answer.outcome === 'offline' && answer.reason === 'stalled') silences += 1;
            return answer;
          },
          poke: async (heard, signal) =>
            (await http.poke?.((heads) => {
              pokes.push(heads);
              tellHeard();
              heard(heads);
            }, signal)) ?? { outcome: 'offline', reason: 'cut' },
        },
        now,
        random: Math.random,
      },
    });
  let replica = await open();
  function note(collection: Collection, cursor: number): void {
    // A page that was asked for ahead may be here before the one that it comes behind.
    cursors[collection] = Math.max(cursor, cursors[collection] ?? 0);
    if (collection !== 'events') return;
    const now = Date.now();
    while (known.length < cursor) known.push(now);
  }
  const isThere = (wanted: Cursors): boolean => {
    const { phase, waiting, files } = replica.sync.status();
    const all = Object.entries(wanted) as [Collection, number][];
    const isRest = phase === 'idle' && waiting.events === 0 && files.count === 0;
    return isRest && all.every(([name, to]) => (cursors[name] ?? 0) >= to);
  };
  return {
    token,
    syncTo(wanted) {
      const startedAt = performance.now();
      return new Promise((resolve) => {
        const stop = replica.sync.watch(() => {
          if (!isThere(wanted)) return;
          queueMicrotask(() => stop());
          resolve({ ms: performance.now() - startedAt });
        });
        replica.sync.start();
      });
    },
    rest: () => replica.sync.stop(),
    async record(many) {
      const draft = toDraft();
      await replica.openCase(draft, details);
      for (let i = 1; i < many; i++) await replica.record(draft.id, details.by, toEvent(i));
    },
    async recordScans(sizes) {
      if (blobs === null) throw new Error('a desk without a folder has no scans');
      const documents = [];
      for (const size of sizes) {
        const kept = await blobs.keep(new Uint8Array(randomBytes(size)));
        if (kept.outcome !== 'kept') throw new Error(`a scan was not kept: ${kept.outcome}`);
        const { sha256, bytes } = kept;
        documents.push({ id: newId(), item: 'identity', mime: 'image/png', name: 'scan.png', sha256, bytes });
      }
      const opened = await replica.openCase({ ...toDraft(), documents }, details);
      if (opened.outcome !== 'opened') throw new Error(`a case was not taken: ${opened.outcome}`);
    },
    cursors: () => ({ ...cursors }),
    knownAt: (seq) => known[seq - 1],
    asked,
    requests,
    silences: () => silences,
    pokes: () => pokes,
    heard: () => hasHeard,
    scanBytesLeft: () => replica.sync.status().files.bytes,
    findDifferent: () => findDifferent(http, replica),
    async restart() {
      await replica.close();
      for (const name of Object.keys(cursors)) delete cursors[name as Collection];
      replica = await open();
    },
    async close() {
      packed?.close();
      await replica.close();
    },
  };
}

function toDraft() {
  return {
    id: newId(),
    ...{ serviceCode: 'SOC-03', serviceVersion: 1, startedAt: Date.now(), changedAt: Date.now() },
    ...{ startedBy: details.by, channel: 'hall' as const, language: 'uz-Latn' as const, number: null },
    ...{ answers: { 'applicant.surname': 'Karimova' }, documents: [] },
  };
}

async function openScans(folder: string, forward: CentralForward): Promise<BlobFiles> {
  return openBlobFiles(folder, testSealer, await openUploader(forward, join(folder, 'uploads')));
}

/** As people write: no two alike, so that packing does not make them fewer bytes than real ones. */
function toEvent(i: number): EventBody {
  const digits = (many: number) => Math.random().toFixed(many).slice(2);
  const letters = () => Math.random().toString(36).slice(2, 10).replace(/\d/g, 'a');
  return EventBodySchema.parse(
    i % 4 === 0
      ? { type: 'note.added', body: { id: newId(), text: `${letters()} ${letters()} ${digits(4)}` } }
      : {
          type: 'field.set',
          body: {
            set: { 'applicant.phone': `+99890${digits(7)}` },
            was: { 'applicant.phone': `+99890${digits(7)}` },
          },
        },
  );
}

/** With the signature that the station gives. */
function signedBy(journal: Journal, key: DeviceKey, device: string): Journal {
  const records = { read: async (from: number, most: number) => [...(await journal.read(from, most))] };
  return { ...journal, sign: (stretch) => signEvents(records, { device, key }, stretch) };
}

async function enrol({ url, code, desk }: ThinDeskOptions, key: DeviceKey): Promise<EnrolAnswer> {
  const body = { code, desk, key: key.public, proof: await key.prove({ use: 'enrol', code, desk }) };
  const forward = createCentralForward(url, () => null);
  const ask = { path: '/v1/enrol', body, schema: EnrolAnswer };
  const answer = await askCentral(forward, ask, new AbortController().signal);
  if (answer.outcome !== 'ok') throw new Error(`the server answered ${JSON.stringify(answer)}`);
  return answer.answer;
}

/** As the window's requests come to the station. */
function toFetch(forward: CentralForward): typeof fetch {
  return async (input, init) => {
    const body = init?.body as Uint8Array | undefined;
    const {
      status,
      headers,
      body: answer,
    } = await forward({
      method: init?.method ?? 'GET',
      path: String(input),
      headers: {
        ...(init?.headers as Record<string, string>),
        ...(body === undefined ? {} : { 'content-length': String(body.length) }),
      },
      body: body === undefined ? null : Readable.from([Buffer.from(body)]),
      signal: init?.signal ?? new AbortController().signal,
    });
    // A window's own request ends with its signal, whatever the station makes of it.
    init?.signal?.throwIfAborted();
    return new Response(Readable.toWeb(Readable.from(answer, { objectMode: false })) as ReadableStream, {
      status,
      headers,
    });
  };
}
