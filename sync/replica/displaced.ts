import type { CaseEvent } from '#model/case-event';
import type { Journal } from './ports.ts';
import { type Renumbered, recordAgain } from './record-again.ts';
import type { MemoryCell } from './sync-memory.ts';

/** Records of ours under numbers that the centre knows from another life of this journal. */
export type Displaced = {
  /** The centre has another event of this device under a number of ours. */
  note(n: number): Promise<void>;
  /** The centre knows numbers that our journal never gave: it goes on after them. */
  adopt(lastN: number): Promise<void>;
  /** Records them again where the centre has them not. Call when `events` is at its head. */
  send(): Promise<void>;
};

export function createDisplaced(options: {
  journal: Journal;
  device: string;
  memory: MemoryCell;
  /** Every event of the centre's stream. */
  readKnown(): Promise<readonly Partial<CaseEvent>[]>;
  renumbered(all: readonly Renumbered[]): Promise<void>;
  /** One more round is needed. */
  again(): void;
}): Displaced {
  const { journal, device, memory } = options;

  async function note(n: number): Promise<void> {
    await memory.change({ displacedN: Math.max(n, memory.now().displacedN) });
  }

  return {
    note,
    async adopt(lastN) {
      // First, so that a crash between the two does not forget why the journal goes on there.
      await note(lastN);
      await journal.goOnAfter(lastN);
    },
    async send() {
      // What the centre has not confirmed is not displaced: it goes under its own number.
      const upTo = Math.min(memory.now().displacedN, memory.now().confirmedN);
      if (upTo === 0) return;
      const known = new Set((await options.readKnown()).flatMap(({ id }) => id ?? []));
      const again = await recordAgain({ journal, device, upTo, known });
      if (again.outcome !== 'done') return;
      await options.renumbered(again.renumbered);
      if (memory.now().displacedN <= upTo) await memory.change({ displacedN: 0 });
      // Another computer with our id used numbers since the last hello: the next one confirms them, and soon.
      else options.again();
    },
  };
}
