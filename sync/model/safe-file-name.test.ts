import { expect, test } from 'vitest';
import { toSafeFileName } from './safe-file-name.ts';

test.each([
  ['Guvohnoma ʻA’.pdf', 'application/pdf', 'Guvohnoma ʻA’.pdf'],
  ['Паспорт.JPG', 'image/jpeg', 'Паспорт.jpg'],
  ['no ending', 'application/pdf', 'no ending.pdf'],
  ['', 'image/png', 'file.png'],
])('%s of %s stays readable', (name, mime, safe) => {
  expect(toSafeFileName(name, mime)).toBe(safe);
});

test.each([
  ['../../.bashrc', 'application/pdf', '_.._.bashrc.pdf'],
  ['..\\..\\Start Menu\\x.lnk', 'application/pdf', '_.._Start Menu_x.lnk.pdf'],
  ['C:\\Windows\\system32\\a.pdf', 'application/pdf', 'C__Windows_system32_a.pdf'],
  ['report.exe', 'application/pdf', 'report.exe.pdf'],
  ['report.exe', 'application/x-msdownload', 'report.exe.bin'],
  ['page.html', 'text/html', 'page.html.bin'],
  ['drawing.svg', 'image/svg+xml', 'drawing.svg.bin'],
  ['invoice\u202efdp.exe', 'application/pdf', 'invoice_fdp.exe.pdf'],
  ['a\u0000.pdf', 'application/pdf', 'a_.pdf'],
  ['a\r\nb.pdf', 'application/pdf', 'a__b.pdf'],
  ['nul.pdf', 'application/pdf', '_nul.pdf'],
  ['__proto__', '__proto__', '__proto__.bin'],
  ['x.constructor', 'constructor', 'x.constructor.bin'],
  [`${'ў'.repeat(500)}.pdf`, 'application/pdf', `${'ў'.repeat(80)}.pdf`],
])('%j of %s does no harm', (name, mime, safe) => {
  expect(toSafeFileName(name, mime)).toBe(safe);
});
