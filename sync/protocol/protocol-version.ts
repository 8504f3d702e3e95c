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
    what: 'hello, enrol, push, pull, offer, verify, files by tus, sync report',
    schemaHash: '730d6e15e6ce4a827b7573ae98b63360c0e1328b15fc4d34b2e6159e1ddaf6c2',
  },
];
