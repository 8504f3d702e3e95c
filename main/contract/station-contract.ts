import { z } from 'zod';

/** Largest file a clerk can add to a case, in bytes. */
export const MAX_FILE_BYTES = 20 * 1024 * 1024;

export const DeviceInfo = z.object({
  id: z.string(),
  kind: z.enum(['scanner', 'printer', 'signature-pad', 'reader']),
  name: z.string(),
  condition: z.enum(['ready', 'busy', 'attention', 'offline', 'unknown']),
});
export type DeviceInfo = z.infer<typeof DeviceInfo>;

/** Set on this computer and kept over updates; unknown keys of newer versions are left alone. */
export const Settings = z.object({
  language: z.enum(['uz-Latn', 'uz-Cyrl', 'ru', 'en']).default('uz-Latn'),
  theme: z.enum(['light', 'dark', 'auto']).default('light'),
  /** After the window is closed, go on sending what waits. */
  keepSending: z.boolean().default(true),
});
export type Settings = z.infer<typeof Settings>;

/** Who this computer is to the centre. The key that proves it stays in the station. */
export const Identity = z.object({
  device: z.string().max(60),
  centreId: z.int().positive(),
  desk: z.string().max(60),
  deskNumber: z.int().min(1).max(99),
  demo: z.boolean(),
});
export type Identity = z.infer<typeof Identity>;

/** Why the disk did not take something. Nothing was acknowledged and nothing earlier is lost. */
export const DiskRefusal = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('disk-full') }),
  z.object({ outcome: z.literal('disk-failed'), code: z.string() }),
]);
export type DiskRefusal = z.infer<typeof DiskRefusal>;

/** Not recorded: nobody of that name is signed in here, or the second person has not said yes to it. */
export const JournalRefusal = z.object({ outcome: z.enum(['not-signed-in', 'not-confirmed']) });
export type JournalRefusal = z.infer<typeof JournalRefusal>;

/** Who may sign in at this station, and who is. Names come with the staff; here are ids. */
export const PeopleState = z.object({
  /** Locked: nothing is recorded in this name until the PIN was given again. */
  current: z.object({ id: z.string(), locked: z.boolean() }).nullable(),
  /** Who signed in last here. */
  last: z.string().nullable(),
  /** `null`: the centre has never said. `days`: how many more without its answer; 0: no more. */
  people: z
    .array(
      z.object({
        id: z.string(),
        days: z.int().nonnegative(),
        /** After too many tries: how long no other is looked at. */
        waitMs: z.int().nonnegative(),
      }),
    )
    .nullable(),
});
export type PeopleState = z.infer<typeof PeopleState>;

const personId = z.string().min(1).max(60);
/** A PIN or a password. */
const secret = z.string().min(1).max(200);
const secretRefusals = [
  z.object({ outcome: z.literal('wrong'), left: z.int().nonnegative() }),
  z.object({ outcome: z.literal('wait'), waitMs: z.int().positive() }),
  /**
   * `no-days`: too long without the centre. `unknown`: the centre does not let this person in here. `never-asked`: it
   * has not been heard of yet.
   */
  z.object({ outcome: z.enum(['no-days', 'unknown', 'never-asked']) }),
  DiskRefusal,
] as const;
const signedIn = z.union([z.object({ outcome: z.literal('signed-in') }), ...secretRefusals]);

const nothing = z.null();
const blobName = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) });

/** Asked once, answered once. `bytes: true` marks an ask or an answer that carries the byte payload. */
export const calls = {
  'station.info': {
    ask: nothing,
    answer: z.object({
      version: z.string(),
      shell: z.enum(['electron', 'browser']),
      /** Address of the central server as IT set it, for display. */
      central: z.string(),
      /** From the command line or IT's file: enrol as this desk with this code, without asking. */
      enrolment: z.object({ desk: z.string().nullable(), code: z.string() }).nullable(),
    }),
  },
  /** From now on all is sealed by a new key; the window's copy is made anew when it is next loaded. */
  'keys.rotate': {
    ask: nothing,
    answer: z.union([z.object({ outcome: z.literal('saved') }), DiskRefusal]),
  },
  /** Days without the centre that are left until this station is erased; `null`: it never is. */
  'station.offline': { ask: nothing, answer: z.object({ daysLeft: z.int().nonnegative().nullable() }) },
  /** Takes the keys from this computer for good, once nothing here is unsent. */
  'station.retire': {
    ask: nothing,
    answer: z.union([
      z.object({ outcome: z.literal('retired') }),
      z.object({
        outcome: z.literal('waits'),
        records: z.int().nonnegative(),
        files: z.int().nonnegative(),
        drafts: z.int().nonnegative(),
      }),
      DiskRefusal,
    ]),
  },
  'settings.read': { ask: nothing, answer: Settings },
  'settings.write': {
    ask: Settings,
    answer: z.union([z.object({ outcome: z.literal('saved') }), DiskRefusal]),
  },
  'identity.read': { ask: nothing, answer: Identity.nullable() },
  /** Makes this computer a desk of the centre that the code belongs to; a desk stays the one that it is. */
  'identity.enrol': {
    ask: z.object({ desk: z.string().min(1).max(60), code: z.string().min(4).max(80) }),
    answer: z.union([
      z.object({ outcome: z.literal('enrolled'), identity: Identity }),
      z.object({ outcome: z.enum(['offline', 'not-central', 'code-refused', 'refused']) }),
      DiskRefusal,
    ]),
  },
  'person.signIn': { ask: z.object({ id: personId, secret }), answer: signedIn },
  'person.unlock': { ask: z.object({ secret }), answer: signedIn },
  'person.lock': { ask: nothing, answer: nothing },
  'person.signOut': { ask: nothing, answer: nothing },
  /** A second person says yes to one event of this type in this case; the station knows it for five minutes. */
  'person.confirm': {
    ask: z.object({ id: personId, secret, caseId: z.string().max(60), type: z.string().max(60) }),
    answer: z.union([
      z.object({ outcome: z.literal('confirmed') }),
      z.object({ outcome: z.enum(['not-signed-in', 'same-person']) }),
      ...secretRefusals,
    ]),
  },
  /**
   * Appends and fsyncs; the answer is the number given. Of what it keeps the station reads in whose name it is, and
   * takes nothing in the name of anybody but whoever is signed in. `again`: the same record is there under that number.
   */
  'journal.append': {
    ask: z.object({ payload: z.string().max(1_000_000), again: z.int().positive().optional() }),
    answer: z.union([
      z.object({ outcome: z.literal('saved'), n: z.int().positive() }),
      JournalRefusal,
      DiskRefusal,
    ]),
  },
  /** Records from number `from` up, at least one if there is any, until `maxBytes` is passed. */
  'journal.read': {
    ask: z.object({ from: z.int().positive(), maxBytes: z.int().positive() }),
    answer: z.object({ records: z.array(z.object({ n: z.int().positive(), payload: z.string() })) }),
  },
  /** The centre has everything up to and including `upTo`; older files may be pruned. */
  'journal.acknowledge': { ask: z.object({ upTo: z.int().nonnegative() }), answer: nothing },
  /** Numbers up to `n` were given in another life of this journal: it goes on after them. */
  'journal.goOnAfter': { ask: z.object({ n: z.int().nonnegative() }), answer: nothing },
  /** This desk's signature of its records `from` to `to`, as they are sent; `others` are those that the disk has lost. */
  'journal.sign': {
    ask: z.object({
      from: z.int().positive(),
      to: z.int().positive(),
      others: z.array(z.object({ n: z.int().positive(), payload: z.string() })),
    }),
    answer: z.union([
      z.object({ outcome: z.literal('signed'), signature: z.string() }),
      z.object({ outcome: z.literal('no-desk') }),
    ]),
  },
  'journal.state': {
    ask: nothing,
    answer: z.object({
      first: z.int().nonnegative(),
      last: z.int().nonnegative(),
      acknowledged: z.int().nonnegative(),
      unsentBytes: z.int().nonnegative(),
      freeDiskBytes: z.int().nonnegative().nullable(),
      /** What was found and cut or set aside at start; shown to IT. */
      repairs: z.array(
        z.object({
          code: z.enum(['torn-tail', 'damaged-record', 'damaged-file']),
          file: z.string(),
          n: z.int(),
        }),
      ),
    }),
  },
  /** The next value of a counter that never gives a value twice, 1 the first time. */
  'counter.next': {
    ask: z.object({ name: z.string().regex(/^[a-z0-9-]{1,40}$/) }),
    answer: z.union([z.object({ outcome: z.literal('given'), value: z.int().positive() }), DiskRefusal]),
  },
  /** What is being typed, as text that only the window reads; `null` takes it away. Answered when on the disk. */
  'drafts.write': {
    ask: z.object({ id: z.string().regex(/^[\w-]{1,60}$/), text: z.string().max(1_000_000).nullable() }),
    answer: z.union([z.object({ outcome: z.literal('saved') }), DiskRefusal]),
  },
  'drafts.all': { ask: nothing, answer: z.object({ drafts: z.array(z.string()) }) },
  'blobs.keep': {
    ask: nothing,
    askBytes: true,
    answer: z.union([
      z.object({ outcome: z.literal('kept'), sha256: z.string(), bytes: z.int() }),
      z.object({ outcome: z.literal('too-large'), maxBytes: z.int() }),
      z.object({ outcome: z.literal('empty') }),
      /** There is room, but it is left for records: less than 300 MB is free. */
      z.object({ outcome: z.literal('disk-low') }),
      DiskRefusal,
    ]),
  },
  'blobs.read': {
    ask: blobName,
    answer: z.object({ outcome: z.enum(['found', 'absent', 'damaged']) }),
    answerBytes: true,
  },
  /** A record names it from now on: it waits to be sent, and stays. */
  'blobs.queue': {
    ask: blobName,
    answer: z.union([z.object({ outcome: z.literal('queued') }), DiskRefusal]),
  },
  /** In which life of its database the centre is: what it had in another and lacks now is sent again. */
  'blobs.centreIs': {
    ask: z.object({ epoch: z.string() }),
    answer: z.union([z.object({ outcome: z.literal('noted') }), DiskRefusal]),
  },
  /** Nothing names it any more: it goes from the disk, unless it was ever queued. */
  'blobs.discard': {
    ask: blobName,
    answer: z.union([z.object({ outcome: z.enum(['discarded', 'needed']) }), DiskRefusal]),
  },
  'blobs.waiting': { ask: nothing, answer: z.object({ count: z.int(), bytes: z.int() }) },
  /** Sends a piece of a waiting file to the centre, or says why not; `sent` once all of it is there. */
  'blobs.send': {
    ask: nothing,
    answer: z.discriminatedUnion('outcome', [
      z.object({ outcome: z.literal('sent'), sha256: z.string() }),
      z.object({ outcome: z.literal('progress'), sha256: z.string() }),
      z.object({ outcome: z.literal('none-waiting') }),
      z.object({ outcome: z.literal('offline') }),
      z.object({ outcome: z.literal('refused'), sha256: z.string(), code: z.string() }),
    ]),
  },
  'devices.list': { ask: nothing, answer: z.array(DeviceInfo) },
  /** What the window seals its copies with, 32 bytes as base64; it leaves the station for its own window alone. */
  'window.key': { ask: nothing, answer: z.object({ id: z.string(), key: z.base64() }) },
  /** What waits, so that the shell knows what closing the window would leave behind. */
  'window.waiting': { ask: z.object({ count: z.int().nonnegative() }), answer: nothing },
  'window.close': { ask: nothing, answer: nothing },
} as const satisfies Record<
  string,
  { ask: z.ZodType; answer: z.ZodType; askBytes?: true; answerBytes?: true }
>;

/** Asked once, answered until either side is done. */
export const streams = {
  /** The whole list at once, and again whenever it changes. */
  'devices.watch': { ask: nothing, answer: z.array(DeviceInfo) },
  'person.watch': { ask: nothing, answer: PeopleState },
} as const satisfies Record<string, { ask: z.ZodType; answer: z.ZodType }>;

export type Calls = typeof calls;
export type Streams = typeof streams;
export type CallName = keyof Calls;
export type StreamName = keyof Streams;
export type Ask<N extends CallName | StreamName> = z.input<(Calls & Streams)[N]['ask']>;
export type Given<N extends CallName | StreamName> = z.output<(Calls & Streams)[N]['ask']>;
export type Answer<N extends CallName | StreamName> = z.output<(Calls & Streams)[N]['answer']>;

/** An answer with its bytes, where the call carries any. */
export type Reply<N extends CallName> = Calls[N] extends { answerBytes: true }
  ? { answer: Answer<N>; bytes: Uint8Array<ArrayBuffer> | null }
  : Answer<N>;

/** The station as a screen has it. Rejects only when the wire is gone or the station has a bug. */
export interface Station {
  call<N extends CallName>(name: N, ask: Ask<N>, bytes?: Uint8Array<ArrayBuffer>): Promise<Reply<N>>;
  stream<N extends StreamName>(name: N, ask: Ask<N>, signal?: AbortSignal): AsyncIterable<Answer<N>>;
  onClose(handler: () => void): void;
}

/** What answers it: one function a name. */
export type Services = {
  calls: {
    [N in CallName]: (
      ask: Given<N>,
      bytes: Uint8Array<ArrayBuffer> | null,
      signal: AbortSignal,
    ) => Promise<Reply<N>>;
  };
  streams: { [N in StreamName]: (ask: Given<N>, signal: AbortSignal) => AsyncIterable<Answer<N>> };
};

/** Same-origin path behind which the station forwards requests to the central server, with its token. */
export const CENTRAL_PATH = '/central';
