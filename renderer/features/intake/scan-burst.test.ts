import { expect, test } from 'vitest';
import { createScanBurst } from './scan-burst.ts';

function typed(text: string, gapMs: number) {
  const burst = createScanBurst();
  const verdicts = [...text].map((char, index) => burst.press(char, 1_000 + index * gapMs));
  return { verdicts, text: burst.end() };
}

test('a quick typist is never taken for a reader', () => {
  expect(typed('Namunava', 60)).toEqual({ verdicts: Array(8).fill('type'), text: null });
});

test('a reader is known by its sixth key, and nothing of it is lost', () => {
  const { verdicts, text } = typed('IUUZBAA\n8402', 5);
  expect(verdicts.slice(0, 7)).toEqual(['type', 'type', 'type', 'type', 'type', 'take-back', 'swallow']);
  expect(text).toBe('IUUZBAA\n8402');
});

test('two quick keys after a pause begin anew', () => {
  const burst = createScanBurst();
  for (const at of [0, 10, 20, 30, 200, 210, 220, 230, 240]) expect(burst.press('a', at)).toBe('type');
  expect(burst.isFresh(400)).toBe(true);
  expect(burst.press('a', 250)).toBe('take-back');
});
