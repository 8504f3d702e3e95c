import type { Station } from '#contract/station-contract';
import type { ReplicaPorts } from '#replica/ports';

/** The station's journal, counters and files, shaped as the replica asks for them. */
export function createStationPorts(station: Station, central: ReplicaPorts['central']): ReplicaPorts {
  return {
    central,
    journal: {
      append: (payload, again) =>
        station.call('journal.append', again === undefined ? { payload } : { payload, again }),
      read: async (from, maxBytes) => (await station.call('journal.read', { from, maxBytes })).records,
      acknowledge: async (upTo) => {
        await station.call('journal.acknowledge', { upTo });
      },
      goOnAfter: async (n) => {
        await station.call('journal.goOnAfter', { n });
      },
      sign: async (stretch) => {
        const it = await station.call('journal.sign', stretch);
        return it.outcome === 'signed' ? it.signature : null;
      },
      state: () => station.call('journal.state', null),
    },
    files: {
      queue: (sha256) => station.call('blobs.queue', { sha256 }),
      centreIs: (epoch) => station.call('blobs.centreIs', { epoch }),
      discard: (sha256) => station.call('blobs.discard', { sha256 }),
      waiting: () => station.call('blobs.waiting', null),
      send: () => station.call('blobs.send', null),
    },
    keptDrafts: {
      write: (id, text) => station.call('drafts.write', { id, text }),
      all: async () => (await station.call('drafts.all', null)).drafts,
    },
    nextCount: (name) => station.call('counter.next', { name }),
    now: () => Date.now(),
    random: () => Math.random(),
  };
}
