import { addRxPlugin, type RxCollection, type WithDeleted } from 'rxdb/plugins/core';
import { disableWarnings, RxDBDevModePlugin } from 'rxdb/plugins/dev-mode';
import { type RxReplicationState, replicateRxCollection } from 'rxdb/plugins/replication';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { runReplicationBaseTestSuite, setConfig } from 'rxdb/plugins/test-utils';
import { wrappedValidateAjvStorage } from 'rxdb/plugins/validate-ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EnrolAnswer } from '#protocol/enrol';
import { enrol, openTestCentral, type TestCentral } from './central.fixture.ts';

type Human = { passportId: string };
type Checkpoint = { seq: number };
type Page = { documents: (WithDeleted<Human> & { id: string })[]; checkpoint: Checkpoint };

// Small, so that the suite's documents come in several pages.
const PAGE_BYTES = 400;

let central: TestCentral;
let desk: EnrolAnswer;
let url: string;
let requests = 0;

beforeAll(async () => {
  central = await openTestCentral();
  url = await central.listen();
  desk = await enrol(central, 13);
}, 60_000);
afterAll(async () => {
  await central.close();
});

// RxDB's suite is written for mocha, and its databases want a storage that checks every document.
Object.assign(globalThis, { describe, it });
disableWarnings();
addRxPlugin(RxDBDevModePlugin);
setConfig({
  storage: {
    name: 'memory',
    getStorage: () => wrappedValidateAjvStorage({ storage: getRxStorageMemory() }),
    getPerformanceStorage: () => ({ storage: getRxStorageMemory(), description: 'memory' }),
    hasPersistence: false,
    hasMultiInstance: false,
    hasAttachments: false,
    hasReplication: true,
  },
});

describe("RxDB's own judgement of push and pull of rows", () => {
  runReplicationBaseTestSuite({
    startReplication: (collection) => replicate(collection, true),
    syncOnce: async (collection) => {
      const replication = replicate(collection, false);
      const failures: unknown[] = [];
      replication.error$.subscribe((error) => failures.push(error));
      await replication.awaitInitialReplication();
      expect(failures).toEqual([]);
    },
    getAllServerDocs: async () => (await pull(0, 4_000_000)).documents,
    cleanUpServer: async () => {
      await central.sql.query(`delete from doc where coll = 'preferences'`);
    },
    softDeletes: true,
    isDeleted: (doc: WithDeleted<Human>) => doc._deleted,
    getPrimaryOfServerDoc: (doc: Human) => doc.passportId,
  });

  it('was asked over the wire', () => {
    expect(requests).toBeGreaterThan(30);
  });
});

function replicate(collection: RxCollection<Human>, live: boolean): RxReplicationState<Human, Checkpoint> {
  return replicateRxCollection<Human, Checkpoint>({
    collection,
    replicationIdentifier: 'central',
    live,
    retryTime: 100,
    waitForLeadership: false,
    push: {
      batchSize: 5,
      handler: async (rows) => {
        const body = rows.map(({ assumedMasterState, newDocumentState }) => ({
          ...(assumedMasterState === undefined ? {} : { assumedMasterState: withId(assumedMasterState) }),
          newDocumentState: withId(newDocumentState),
        }));
        const answer = (await ask('POST', '/v1/push/preferences', { rows: body })) as {
          conflicts: Page['documents'];
        };
        return answer.conflicts.map(withoutId);
      },
    },
    pull: {
      // A page shorter than this ends the pull; pages of ours are cut by bytes.
      batchSize: 1,
      handler: async (checkpoint) => {
        const { documents, checkpoint: next } = await pull(checkpoint?.seq ?? 0, PAGE_BYTES);
        return { documents: documents.map(withoutId), checkpoint: next };
      },
    },
  });
}

async function pull(since: number, bytes: number): Promise<Page> {
  return (await ask('GET', `/v1/pull/preferences?since=${since}&bytes=${bytes}`)) as Page;
}

async function ask(method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown> {
  requests += 1;
  const headers = {
    'darcha-protocol': '1',
    authorization: `Bearer ${desk.token}`,
    'content-type': 'application/json',
  };
  const init = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(`${url}${path}`, { method, headers, ...init });
  expect(response.status).toBe(200);
  return response.json();
}

function withId<T extends Human>(doc: T): T & { id: string } {
  return { ...doc, id: doc.passportId };
}

function withoutId<T extends { id: string }>({ id: _, ...doc }: T): Omit<T, 'id'> {
  return doc;
}
