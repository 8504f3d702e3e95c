import { expect, test } from 'vitest';
import { createScanBurst } from './scan-burst.ts';

/** Types into a field that has `Bax` in it already. */
function typed(text: string, gapMs: number) {
  const burst = createScanBurst<string>();
  const verdicts = [...text].map((char, index) =>
    burst.press(char, 1_000 + index * gapMs, `Bax${text.slice(0, index)}`),
  );
  return {
    typed: verdicts.filter((it) => it.verdict === 'type').length,
    backTo: verdicts.flatMap((it) => (it.verdict === 'take-back' ? [it.to] : [])),
    text: burst.end()?.[0]?.text ?? null,
  };
}

test('a quick typist is never taken for a reader', () => {
  expect(typed('Namunava', 60)).toEqual({ typed: 8, backTo: [], text: null });
});

test('a reader is known by its sixth key, nothing of it is lost and nothing of it stays', () => {
  expect(typed('IUUZBAA\n8402', 5)).toEqual({ typed: 5, backTo: ['Bax'], text: 'IUUZBAA\n8402' });
});

test('a slow reader is known by how a document begins, a slow typist by how names do', () => {
  expect(typed('IUUZBAA0000001142', 120)).toEqual({ typed: 10, backTo: ['Bax'], text: 'IUUZBAA0000001142' });
  expect(typed('P<UZBNAMUNAVA<<GULNORA', 120).text).toBe('P<UZBNAMUNAVA<<GULNORA');
  for (const text of ['Ismoilova Charos', 'AA1234567', 'Ipak yoʻli 12', 'Abdullayeva 1984']) {
    expect(typed(text, 120).text).toBe(null);
  }
});

test('what a hand typed just before a reader stays in the field', () => {
  expect(typed('malIUUZBAA0000001142', 120)).toEqual({
    typed: 13,
    backTo: ['Baxmal'],
    text: 'IUUZBAA0000001142',
  });
});

test('after a pause everything begins anew', () => {
  const burst = createScanBurst<null>();
  const at = [0, 10, 20, 30, 40, 700, 710, 720, 730, 740];
  expect(at.map((it) => burst.press('a', it, null).verdict)).toEqual(Array(10).fill('type'));
  expect(burst.press('a', 750, null)).toEqual({ verdict: 'take-back', to: null });
});

test('keys of a reader that came too slowly to be known are offered with the rest', () => {
  const burst = createScanBurst<number>();
  const at = [0, 250, 500, 510, 520, 530, 540, 550];
  for (const [index, time] of at.entries()) burst.press('P<UZBNAMU'.charAt(index), time, index);
  expect(burst.end()).toEqual([
    { text: 'UZBNAM', held: 2 },
    { text: '<UZBNAM', held: 1 },
    { text: 'P<UZBNAM', held: 0 },
  ]);
});
