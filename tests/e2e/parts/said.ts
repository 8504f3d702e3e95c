/** Stands in a sentence where the test cannot know the value: a time, a number of seconds. */
export const ANY = '\u{e000}';

/** A sentence of the screen as a pattern. */
export function said(sentence: string): RegExp {
  const parts = sentence.split(ANY).map((it) => it.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(parts.join('.+'));
}
