import { expect, test } from 'vitest';
import { codeOf, parseStartOptions } from './start-options.mjs';

const DEFAULTS = {
  help: false,
  part: 'both',
  centralUrl: null,
  centralPort: 47600,
  desk: 'baxmal-1',
  code: 'DEMO-BAXMAL',
  data: null,
  port: null,
  shell: null,
};

test('without options a server and the first desk of Baxmal run here', () => {
  expect(parseStartOptions([])).toEqual(DEFAULTS);
});

test('--central alone is only a server, wherever it stands', () => {
  expect(parseStartOptions(['--central'])).toEqual({ ...DEFAULTS, part: 'central' });
  expect(parseStartOptions(['--central', '--data', 'd'])).toEqual({
    ...DEFAULTS,
    part: 'central',
    data: 'd',
  });
  expect(parseStartOptions(['--central-port', '5000', '--central'])).toEqual({
    ...DEFAULTS,
    part: 'central',
    centralPort: 5000,
  });
});

test('--station takes the address after --central, or the server of this machine', () => {
  const station = { ...DEFAULTS, part: 'station', desk: 'xovos-2', code: 'DEMO-XOVOS' };
  expect(
    parseStartOptions(['--station', '--desk', 'xovos-2', '--central', 'https://centre.example/']),
  ).toEqual({
    ...station,
    centralUrl: 'https://centre.example',
  });
  expect(parseStartOptions(['--central=http://10.0.0.1:9', '--station', '--desk=xovos-2'])).toEqual({
    ...station,
    centralUrl: 'http://10.0.0.1:9',
  });
  expect(parseStartOptions(['--station', '--desk', 'xovos-2'])).toEqual({
    ...station,
    centralUrl: 'http://127.0.0.1:47600',
  });
});

test('what cannot be meant is refused with a sentence and the code of a usage error', () => {
  const refused = [
    ['--station', '--central'],
    ['--central', 'http://10.0.0.1'],
    ['--station', '--central', 'ftp://x'],
    ['--station', '--central', 'nowhere'],
    ['--desk', 'Baxmal 1'],
    ['--desk', 'baxmal'],
    ['--port', '0'],
    ['--port', '70000'],
    ['--port', 'http'],
    ['--shell', 'firefox'],
    ['--dekstop'],
    ['stray'],
  ].map((args) => {
    try {
      return parseStartOptions(args);
    } catch (error) {
      return (error as { exitCode: number }).exitCode;
    }
  });
  expect(refused).toEqual(refused.map(() => 2));
});

test('the enrolment code is that of the part before the last dash', () => {
  expect(['baxmal-1', 'office-1', 'new-town-12'].map(codeOf)).toEqual([
    'DEMO-BAXMAL',
    'DEMO-OFFICE',
    'DEMO-NEW-TOWN',
  ]);
});
