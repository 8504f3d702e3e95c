import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ByteStore, FileKey } from '../../sync/server/store/byte-store.ts';

/** What keeps the bytes of files must do; `reopen` as another server of the same database would. */
export function runByteStoreTests(name: string, open: () => Promise<ByteStore>): void {
  describe(`the store of bytes in ${name}`, () => {
    let store: ByteStore;
    beforeAll(async () => {
      store = await open();
    });

    const keyOf = (bytes: Buffer): FileKey => ({
      centreId: 13,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
    async function* inChunks(bytes: Buffer, size = 16_384): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    }
    async function* thenBreaks(bytes: Buffer): AsyncGenerator<Uint8Array> {
      yield* inChunks(bytes, 1_000);
      throw new Error('the line is cut');
    }
    const readAll = async (source: AsyncIterable<Uint8Array>): Promise<Buffer> => {
      const all: Uint8Array[] = [];
      for await (const it of source) all.push(it);
      return Buffer.concat(all);
    };

    it('has nothing of what it was not given', async () => {
      expect([await store.partSize(randomUUID()), await store.fileSize(keyOf(randomBytes(8)))]).toEqual([
        0,
        null,
      ]);
      await store.dropPart(randomUUID());
    });

    it('puts piece behind piece, and makes a file of the whole that another server finds', async () => {
      const [id, file] = [randomUUID(), randomBytes(300_000)];
      const key = keyOf(file);
      await store.append(id, 0, inChunks(file.subarray(0, 100_001)));
      await (await open()).append(id, 100_001, inChunks(file.subarray(100_001)));
      expect(await store.partSize(id)).toBe(300_000);
      expect(await readAll(store.readPart(id, 90_000, 250_000))).toEqual(file.subarray(90_000, 250_000));
      await store.keep(id, key);
      const other = await open();
      expect([await other.partSize(id), await other.fileSize(key)]).toEqual([0, 300_000]);
      expect(await readAll(other.readFile(key))).toEqual(file);
      expect(await other.fileSize({ ...key, centreId: 21 })).toBeNull();
    });

    it('keeps what came before the source broke, to the byte', async () => {
      const [id, file] = [randomUUID(), randomBytes(33_333)];
      await expect(store.append(id, 0, thenBreaks(file.subarray(0, 12_345)))).rejects.toThrow(
        'the line is cut',
      );
      expect(await store.partSize(id)).toBe(12_345);
      await store.append(id, 12_345, inChunks(file.subarray(12_345)));
      expect(await readAll(store.readPart(id, 0, file.length))).toEqual(file);
      await store.dropPart(id);
      expect(await store.partSize(id)).toBe(0);
    });

    it('puts what comes slowly before all of it is here', async () => {
      const id = randomUUID();
      let seen = 0;
      async function* slowly(): AsyncGenerator<Uint8Array> {
        yield randomBytes(500);
        // The next bytes are what lets a store put those that it holds.
        for (let more = 0; seen === 0 && more < 100; more += 1) {
          await pause(100);
          yield randomBytes(10);
          seen = await (await open()).partSize(id);
        }
      }
      await store.append(id, 0, slowly());
      expect(seen).toBeGreaterThanOrEqual(500);
      await store.dropPart(id);
    });

    it('goes on from where it was cut, and nothing of what was behind it comes back', async () => {
      const [id, file] = [randomUUID(), randomBytes(50_000)];
      await store.append(id, 0, inChunks(file.subarray(0, 10_000)));
      await store.append(id, 10_000, inChunks(randomBytes(5_000)));
      await store.append(id, 15_000, inChunks(randomBytes(5_000)));
      await store.cutPart(id, 9_000);
      expect(await store.partSize(id)).toBe(9_000);
      await store.append(id, 9_000, inChunks(file.subarray(9_000, 15_000)));
      expect(await store.partSize(id)).toBe(15_000);
      // Behind `from`, whatever is there.
      await store.append(id, 7_000, inChunks(file.subarray(7_000)));
      await store.keep(id, keyOf(file));
      expect(await readAll(store.readFile(keyOf(file)))).toEqual(file);
    });

    it('takes the same file twice', async () => {
      const file = randomBytes(1_000);
      for (const id of [randomUUID(), randomUUID()]) {
        await store.append(id, 0, inChunks(file));
        await store.keep(id, keyOf(file));
      }
      expect(await readAll(store.readFile(keyOf(file)))).toEqual(file);
    });
  });
}
