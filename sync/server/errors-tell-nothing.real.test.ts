import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EnrolAnswer } from '#protocol/enrol';
import { ErrorAnswer } from '#protocol/error';
import { type Answer, ask, enrol, openTestCentral, type TestCentral } from './central.fixture.ts';
import { type Ask, ROUTES } from './routes.fixture.ts';

/** What a stack, a version, a path of the machine or a statement would show. */
const TELLS =
  /node_modules|\.[tj]s:\d|\bat \w+ \(|fastify|pglite|postgres|node\/|v?\d+\.\d+\.\d+|\bselect\b|\binsert\b|\brelation\b|\/home\/|\/tmp\//i;

let central: TestCentral;
let desk: EnrolAnswer;
let url: string;
beforeAll(async () => {
  central = await openTestCentral();
  desk = await enrol(central, 13);
  url = await central.listen();
}, 60_000);
afterAll(() => central.close());

const paths = Object.entries(ROUTES)
  .filter(([, it]) => it.isEndless !== true)
  .map(([route, it]) => [route.split(' ')[0], it.url ?? route.split(' ')[1]] as const);
const bodies: (string | undefined)[] = [
  undefined,
  '{',
  '[]',
  '{"epoch":1}',
  '"\u0000"',
  '{"__proto__":{"a":1}}',
];

async function judge(asked: Ask): Promise<void> {
  const answer: Answer = await ask(central, desk.token, asked);
  const said = `${JSON.stringify(answer.body)} ${JSON.stringify({ ...answer.headers, date: '' })}`;
  if (answer.status < 400) return;
  expect(said.replace(/"tus-(resumable|version)":"1.0.0"/g, '')).not.toMatch(TELLS);
  if (asked.method !== 'HEAD') ErrorAnswer.strict().parse(answer.body);
}

it.each(paths)('%s %s says a code and no more, with the database there and gone', async (method, path) => {
  const isBodied = method === 'POST' || method === 'PATCH';
  const all = (isBodied ? bodies : [undefined]).map(
    (body) => ({ method, url: path, ...(body === undefined ? {} : { body }) }) as Ask,
  );
  for (const asked of all) await judge(asked);
  await central.sql.query('alter table stream rename to stream_away');
  await central.sql.query('alter table upload rename to upload_away');
  for (const asked of all) await judge(asked);
  await central.sql.query('alter table stream_away rename to stream');
  await central.sql.query('alter table upload_away rename to upload');
});

it.each([
  ['no HTTP at all', '\u0016\u0003\u0001\u0002\u0000\r\n\r\n'],
  ['a head without end', `GET / HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(200_000)}\r\n\r\n`],
  ['two lengths', 'POST /v1/enrol HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nx'],
  [
    'a length and chunks',
    'POST /v1/enrol HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
  ],
  ['a path that cannot be read', 'GET /%zz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n'],
  ['a method of nobody', 'BREW /v1/enrol HTTP/1.1\r\nhost: x\r\n\r\n'],
])('%s is refused, and nothing is told', async (_what, bytes) => {
  const { hostname, port } = new URL(url);
  const said = await new Promise<string>((resolve) => {
    let text = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.on('data', (it: Buffer) => {
      text += it.toString('latin1');
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(text));
  });

  expect(said.replace('HTTP/1.1', '')).toMatch(/^ 4\d\d /);
  expect(said).not.toMatch(TELLS);
});
