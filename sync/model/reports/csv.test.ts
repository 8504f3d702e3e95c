import { expect, test } from 'vitest';
import { toCsvText } from './csv.ts';

/** What a spreadsheet makes of a line: it unquotes a cell that begins with a quote, else a quote is a letter. */
function readCells(text: string, separator: string): string[] {
  const line = text.replace(/\r\n$/, '');
  const cells: string[] = [];
  let at = 0;
  while (at <= line.length) {
    if (line[at] === '"') {
      const end = /(?:[^"]|"")*/.exec(line.slice(at + 1))?.[0] ?? '';
      cells.push(end.replaceAll('""', '"'));
      at += end.length + 3;
    } else {
      const end = line.slice(at).search(new RegExp(`${separator}|\\r|\\n`));
      const cell = end === -1 ? line.slice(at) : line.slice(at, at + end);
      cells.push(cell);
      at += cell.length + 1;
    }
  }
  return cells;
}

const LEADS = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
const BEFORE = [
  '',
  ' ',
  '\t',
  '\r',
  '\n',
  '\r\n',
  ';',
  '; ',
  'a;',
  'a\t',
  'a\n',
  '"',
  'a";',
  '\ufeff',
  "a';'",
];

test.each([',', ';', '\t'])('no name is a formula where cells are cut at %j', (separator) => {
  const names = LEADS.flatMap((lead) => BEFORE.map((it) => `${it}${lead}HYPERLINK("http://x","y")`));
  for (const name of names) {
    const cells = readCells(toCsvText([['Desk', name, 7]]), separator);
    expect([name, cells.filter((it) => /^[\s\ufeff]*[=+\-@＝＋－＠]/.test(it))]).toEqual([name, []]);
  }
});

test('what a spreadsheet would run stays readable, with a mark before it', () => {
  expect(toCsvText([['=1+1', 'Desk;=1+1', ' -1']])).toBe(`"'=1+1","Desk;'=1+1","' -1"\r\n`);
});

test('ordinary texts and numbers stay as they are', () => {
  const row = ['Baxmal 1', 'Oʻ; Ў', 'a-b', 'x = y', -5, null];
  expect(toCsvText([row])).toBe('Baxmal 1,Oʻ; Ў,a-b,x = y,-5,\r\n');
});
