import { expect, test } from 'vitest';
import { shownAs } from './shown-as.ts';

test('a scan is shown as the picture it says it is', () => {
  expect(shownAs({ name: 'karta.png', mime: 'image/png' })).toEqual({
    kind: 'picture',
    type: 'image/png',
    name: 'karta.png',
  });
});

test.each([
  ['a PDF, which may hold a script', 'a.pdf', 'application/pdf', 'a.pdf'],
  ['an SVG with a script', 'a.svg', 'image/svg+xml', 'a.svg.bin'],
  ['a page', 'a.html', 'text/html', 'a.html.bin'],
  ['a page that calls itself a PDF', 'a.html', 'application/pdf', 'a.html.pdf'],
  ['a program', 'setup.exe', 'application/x-msdownload', 'setup.exe.bin'],
  ['a type with a tail', 'a.png', 'image/png;charset=utf-8', 'a.png.bin'],
  ['a type of other letters', 'a.svg', 'IMAGE/SVG+XML', 'a.svg.bin'],
  ['a name of a prototype', '__proto__', '__proto__', '__proto__.bin'],
])('%s is a file that nothing here opens', (_what, name, mime, saved) => {
  expect(shownAs({ name, mime })).toEqual({ kind: 'file', type: 'application/octet-stream', name: saved });
});
