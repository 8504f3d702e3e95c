/** The version both ends speak. A change of any message needs a new number; `protocol-version.test.ts` sees to it. */
export const PROTOCOL_VERSION = 1;

/** The oldest version the server still serves. */
export const OLDEST_SERVED = 1;

/** Request header that carries the version; hello says it in its body too. */
export const PROTOCOL_HEADER = 'darcha-protocol';

/** One line per step; the hash is of all message schemas, as the test prints it. */
export const HISTORY: readonly { version: number; date: string; what: string; schemaHash: string }[] = [
  {
    version: 1,
    date: '2026-11-22',
    what: 'hello, enrol, token, push, pull, offer, verify, files by tus, sync report, credentials, sign-in',
    schemaHash: '25374e75b6888da948ad2bc5d328c1e99306800ae7aa49807912e84b38146b8b',
  },
];
