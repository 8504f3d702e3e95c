import { describe, expect, test } from 'vitest';
import { connect, StationError } from '#contract/connect';
import { serve } from '#contract/serve';
import type { DeviceInfo, Services } from '#contract/station-contract';
import type { Wire } from '#contract/wire';

type Bytes = Uint8Array<ArrayBuffer>;

/** A station that keeps what it is asked, with one call that never ends and a stream that counts. */
function createServices() {
  const seen = { pulled: 0, ended: 0, cancelled: 0, asks: [] as unknown[] };
  const never = (signal: AbortSignal) =>
    new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        seen.cancelled += 1;
        reject(new Error('aborted'));
      });
    });
  const device = (id: string): DeviceInfo => ({ id, kind: 'scanner', name: id, condition: 'ready' });
  const calls: Partial<Services['calls']> = {
    'journal.append': async (ask) => {
      seen.asks.push(ask);
      return { outcome: 'saved', n: seen.asks.length };
    },
    'blobs.keep': async (_ask, bytes) => ({
      outcome: 'kept',
      sha256: String(bytes?.reduce((a, b) => (a * 31 + b) % 65_521, 7)),
      bytes: bytes?.length ?? -1,
    }),
    'blobs.read': async ({ sha256 }) =>
      sha256.startsWith('0')
        ? { answer: { outcome: 'absent' }, bytes: null }
        : { answer: { outcome: 'found' }, bytes: Uint8Array.from({ length: 300_000 }, (_, at) => at % 253) },
    'blobs.send': async (_ask, _bytes, signal) => never(signal),
    'identity.read': async () => {
      throw new Error('a bug');
    },
    'counter.next': async () => ({ outcome: 'given', value: -1 }),
    'window.close': async () => null,
  };
  const services = {
    calls,
    streams: {
      async *'devices.watch'(_ask: null, signal: AbortSignal) {
        try {
          for (let at = 1; at <= 5; at += 1) {
            seen.pulled += 1;
            yield [device(`d${at}`)];
          }
          if (!signal.aborted) await never(signal).catch(() => undefined);
        } finally {
          seen.ended += 1;
        }
      },
    },
  } as unknown as Services;
  return { services, seen };
}

const codeOf = (error: unknown) => (error instanceof StationError ? error.code : error);
const failing = (promise: Promise<unknown>) => promise.then(() => 'answered', codeOf);

/** What any wire between a screen and its station must do. `openPair` gives the screen's end and the station's. */
export function runWireTests(name: string, openPair: () => Promise<{ screen: Wire; station: Wire }>): void {
  async function open() {
    const pair = await openPair();
    const bugs: string[] = [];
    const { services, seen } = createServices();
    serve(pair.station, services, (call) => bugs.push(call));
    return { ...pair, station: connect(pair.screen), stationWire: pair.station, bugs, seen };
  }

  describe(`wire: ${name}`, () => {
    test('answers a call, in any script', async () => {
      const { station, seen, screen } = await open();
      const payload = 'Ўзбек ʻ ქართული \u0000 "\n';
      expect(await station.call('journal.append', { payload })).toEqual({ outcome: 'saved', n: 1 });
      expect(seen.asks).toEqual([{ payload }]);
      screen.close();
    });

    test('answers many calls at once, each to its asker, in the order asked', async () => {
      const { station, seen, screen } = await open();
      const asks = Array.from({ length: 50 }, (_, at) => ({ payload: `p${at}` }));
      const answers = await Promise.all(asks.map((it) => station.call('journal.append', it)));
      expect(answers).toEqual(asks.map((_, at) => ({ outcome: 'saved', n: at + 1 })));
      expect(seen.asks).toEqual(asks);
      screen.close();
    });

    test('carries one payload of bytes with an ask, whole', async () => {
      const { station, screen } = await open();
      const bytes: Bytes = Uint8Array.from({ length: 1_000_000 }, (_, at) => at % 256);
      const sha256 = String(bytes.reduce((a, b) => (a * 31 + b) % 65_521, 7));
      expect(await station.call('blobs.keep', null, bytes)).toEqual({
        outcome: 'kept',
        sha256,
        bytes: bytes.length,
      });
      screen.close();
    });

    test('carries an empty payload as bytes and not as none', async () => {
      const { station, screen } = await open();
      expect(await station.call('blobs.keep', null, new Uint8Array(0))).toMatchObject({ bytes: 0 });
      screen.close();
    });

    test('carries a payload with an answer, or none', async () => {
      const { station, screen } = await open();
      const found = await station.call('blobs.read', { sha256: 'a'.repeat(64) });
      expect(found.answer).toEqual({ outcome: 'found' });
      const isWhole = found.bytes?.every((it, at) => it === at % 253);
      expect({ length: found.bytes?.length, isWhole }).toEqual({ length: 300_000, isWhole: true });
      expect(await station.call('blobs.read', { sha256: '0'.repeat(64) })).toEqual({
        answer: { outcome: 'absent' },
        bytes: null,
      });
      screen.close();
    });

    test('lets no service see an ask that does not fit, or bytes where none belong', async () => {
      const { station, seen, bugs, screen } = await open();
      const codes = await Promise.all([
        failing(station.call('journal.append', { payload: 7 } as never)),
        failing(station.call('journal.append', { payload: 'x' }, new Uint8Array(1))),
        failing(station.call('blobs.keep', null)),
        failing(station.call('blobs.read', { sha256: '../../etc/passwd' })),
      ]);
      expect({ codes, asks: seen.asks, bugs }).toEqual({
        codes: ['bad-ask', 'bad-ask', 'bad-ask', 'bad-ask'],
        asks: [],
        bugs: [],
      });
      screen.close();
    });

    test('a name it does not know is a code, also one that every object has', async () => {
      const { screen, stationWire } = await open();
      const answers: unknown[] = [];
      const both = new Promise<void>((resolve) => {
        screen.listen((message) => {
          answers.push(message);
          if (answers.length === 3) resolve();
        });
      });
      screen.post({ type: 'call', id: 1, name: 'constructor', ask: null });
      screen.post({ type: 'stream', id: 2, name: 'toString', ask: null });
      screen.post('no message at all');
      screen.post({ type: 'call', id: -5, name: 'window.close', ask: null });
      screen.post({ type: 'next', id: 99 });
      screen.post({ type: 'cancel', id: 99 });
      screen.post({ type: 'call', id: 3, name: 'window.close', ask: null });
      await both;
      expect(answers).toEqual([
        { type: 'error', id: 1, code: 'unknown-name' },
        { type: 'error', id: 2, code: 'unknown-name' },
        { type: 'answer', id: 3, answer: null },
      ]);
      stationWire.close();
    });

    test('a bug in a service is a code to the screen and a name to the log, and says nothing else', async () => {
      const { station, bugs, screen } = await open();
      expect(await failing(station.call('identity.read', null))).toBe('failed');
      expect(await failing(station.call('counter.next', { name: 'case' }))).toBe('failed');
      expect(bugs).toEqual(['identity.read', 'counter.next']);
      screen.close();
    });

    test('asks a stream for its next item only when the last was taken', async () => {
      const { station, seen, screen } = await open();
      const iterator = station.stream('devices.watch', null)[Symbol.asyncIterator]();
      expect(seen.pulled).toBe(0);
      await iterator.next();
      await station.call('window.close', null);
      expect(seen.pulled).toBe(1);
      expect((await iterator.next()).value).toMatchObject([{ id: 'd2' }]);
      await station.call('window.close', null);
      expect(seen.pulled).toBe(2);
      await iterator.return?.();
      screen.close();
    });

    test('leaving a loop ends the stream on the station', async () => {
      const { station, seen, screen } = await open();
      for await (const [first] of station.stream('devices.watch', null)) if (first?.id === 'd2') break;
      await station.call('window.close', null);
      expect(seen).toMatchObject({ pulled: 2, ended: 1 });
      screen.close();
    });

    test('aborting ends a stream that waits, on both ends, without an error', async () => {
      const { station, seen, screen } = await open();
      const abort = new AbortController();
      const ids: (string | undefined)[] = [];
      for await (const [device] of station.stream('devices.watch', null, abort.signal)) {
        ids.push(device?.id);
        if (ids.length === 5) setTimeout(() => abort.abort(), 5);
      }
      await station.call('window.close', null);
      await expect.poll(() => seen.ended).toBe(1);
      expect(ids).toEqual(['d1', 'd2', 'd3', 'd4', 'd5']);
      screen.close();
    });

    test('cancels by id what is still running', async () => {
      const { screen, seen, bugs, stationWire } = await open();
      const answered = new Promise((resolve) => screen.listen(resolve));
      screen.post({ type: 'call', id: 1, name: 'blobs.send', ask: null });
      screen.post({ type: 'cancel', id: 1 });
      expect(await answered).toEqual({ type: 'error', id: 1, code: 'cancelled' });
      expect({ cancelled: seen.cancelled, bugs }).toEqual({ cancelled: 1, bugs: [] });
      stationWire.close();
    });

    test('when the station goes, what is asked fails, streams too, and the screen is told once', async () => {
      const { station, stationWire } = await open();
      let told = 0;
      station.onClose(() => {
        told += 1;
      });
      const call = failing(station.call('blobs.send', null));
      const stream = failing(
        (async () => {
          for await (const [device] of station.stream('devices.watch', null)) if (device?.id === 'd9') return;
        })(),
      );
      await station.call('window.close', null);
      stationWire.close();
      expect([await call, await stream, told]).toEqual(['closed', 'closed', 1]);
      expect(await failing(station.call('window.close', null))).toBe('closed');
    });

    test('when the screen goes, everything it asked for is cancelled', async () => {
      const { station, seen, bugs, screen } = await open();
      void failing(station.call('blobs.send', null));
      const iterator = station.stream('devices.watch', null)[Symbol.asyncIterator]();
      await iterator.next();
      screen.close();
      await expect.poll(() => ({ ...seen, asks: 0 })).toEqual({ pulled: 1, ended: 1, cancelled: 1, asks: 0 });
      expect(bugs).toEqual([]);
    });
  });
}
