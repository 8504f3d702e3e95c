/** What to do with a key: let it be typed, keep it from the page, or also take back what was typed before. */
export type KeyVerdict<Held> =
  | { verdict: 'type' }
  | { verdict: 'swallow' }
  /** `to`: how the field stood before the first sign of the burst. */
  | { verdict: 'take-back'; to: Held };

export type Scanned<Held> = { text: string; held: Held };

export type ScanBurst<Held> = {
  /** `char` is one sign, `\n` for Enter; `at` in ms; `held`: how the field stands before it. */
  press(char: string, at: number, held: Held): KeyVerdict<Held>;
  /**
   * What came in the burst, which is over now; `null` when there was none.
   *
   * The first entry is what is known to be the reader's. At a busy computer its first keys come too slowly to
   * be known, so the others begin one key earlier each; `held` is how the field stood before.
   */
  end(): readonly Scanned<Held>[] | null;
  /** What came in the burst so far. */
  soFar(): string;
  readonly isScanning: boolean;
};

const FAST_KEYS = 6;
const FAST_SPAN_MS = 200;
const PAUSE_MS = 500;

// How the first line of a card or a passport begins: a kind, a country, and then digits or names.
const BEGINS_A_DOCUMENT = /(?:[IAC][A-Z<][A-Z]{3}[A-Z]{0,2}\d{4}|P<[A-Z]{3}[A-Z<]{4})$/i;

/**
 * Tells a reader that types from a person who types: nobody hits six keys in a fifth of a second.
 *
 * The first five are typed before that is known and are taken back with the sixth. A slow reader, or one at
 * a slow computer, is known by what it types: no field wants text that begins like a document's lines.
 */
export function createScanBurst<Held>(): ScanBurst<Held> {
  let recent: { char: string; at: number; held: Held }[] = [];
  let scanned: string | null = null;
  let begun = 0;
  return {
    get isScanning() {
      return scanned !== null;
    },
    soFar: () => scanned ?? '',
    press(char, at, held) {
      if (scanned !== null) {
        scanned += char;
        return { verdict: 'swallow' };
      }
      if (at - (recent.at(-1)?.at ?? at) > PAUSE_MS) recent = [];
      recent.push({ char, at, held });
      begun = startOf(recent);
      const first = recent[begun];
      if (first === undefined) return { verdict: 'type' };
      scanned = textFrom(recent, begun);
      return { verdict: 'take-back', to: first.held };
    },
    end() {
      const [keys, text] = [recent, scanned];
      recent = [];
      scanned = null;
      if (text === null) return null;
      return keys
        .slice(0, begun + 1)
        .map((it, index) => ({ text: textFrom(keys.slice(0, begun), index) + text, held: it.held }))
        .reverse();
    },
  };
}

function textFrom(keys: readonly { char: string }[], start: number): string {
  return keys
    .slice(start)
    .map((it) => it.char)
    .join('');
}

/** Where in the keys a reader began; past the last one while there is none. */
function startOf(keys: readonly { char: string; at: number }[]): number {
  const begun = textFrom(keys, 0).search(BEGINS_A_DOCUMENT);
  if (begun >= 0) return begun;
  const [first, last] = [keys.at(-FAST_KEYS), keys.at(-1)];
  const isFast = first !== undefined && last !== undefined && last.at - first.at <= FAST_SPAN_MS;
  return isFast ? keys.length - FAST_KEYS : keys.length;
}
