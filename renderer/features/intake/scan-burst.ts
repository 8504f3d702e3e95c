/** What to do with a key: let it be typed, keep it from the page, or also take back what was typed before. */
export type KeyVerdict = 'type' | 'swallow' | 'take-back';

export type ScanBurst = {
  /** `at` in ms; `char` is one sign, `\n` for Enter. */
  press(char: string, at: number): KeyVerdict;
  /** Everything that came in the burst, which is over now; `null` when there was none. */
  end(): string | null;
  /** Whether the next key begins anew: what stands in the field now is what to go back to. */
  isFresh(at: number): boolean;
  readonly isScanning: boolean;
};

const FAST_KEYS = 6;
const FAST_SPAN_MS = 200;
const PAUSE_MS = 80;

/**
 * Tells a reader that types from a person who types: nobody hits six keys in a fifth of a second.
 *
 * The first five are typed before that is known and are taken back with the sixth.
 */
export function createScanBurst(): ScanBurst {
  let recent: { char: string; at: number }[] = [];
  let scanned: string | null = null;
  const isFresh = (at: number): boolean => {
    const last = recent.at(-1);
    return scanned === null && (last === undefined || at - last.at > PAUSE_MS);
  };
  return {
    get isScanning() {
      return scanned !== null;
    },
    isFresh,
    press(char, at) {
      if (scanned !== null) {
        scanned += char;
        return 'swallow';
      }
      if (isFresh(at)) recent = [];
      recent.push({ char, at });
      const first = recent.at(-FAST_KEYS);
      if (first === undefined || at - first.at > FAST_SPAN_MS) return 'type';
      scanned = recent.map((it) => it.char).join('');
      return 'take-back';
    },
    end() {
      const text = scanned;
      scanned = null;
      recent = [];
      return text;
    },
  };
}
