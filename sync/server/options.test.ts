import { expect, test } from 'vitest';
import { COMMANDS, OPTIONS } from './command-help.ts';
import { parseCommand } from './options.ts';

/** Names of what a list of processes must not show. */
const SECRET = /key|secret|pass|token|pin\b|credential/;
/** Names of files that hold one, or a public key; and the pin of the server's. */
const NONE = ['key-file', 'tls-key', 'recovery-key', 'pin'];

test('no option of any command takes a secret: they come from files and from the environment', () => {
  const options = [...Object.keys(OPTIONS), ...Object.values(COMMANDS).flatMap((it) => [...it.options])];
  expect(options.filter((it) => SECRET.test(it) && !NONE.includes(it))).toEqual([]);
});

test.each([
  'postgres://darcha:hidden@db.example/darcha',
  'postgres://db.example/darcha?password=hidden',
  'darcha:hidden@db.example/darcha',
])('a password in --database-url %s is refused, and not repeated', (url) => {
  for (const command of [[], ['migrate'], ['backup', 'x']]) {
    const parsed = parseCommand([...command, '--data', 'd', '--database-url', url]);
    expect(parsed).toMatchObject({ command: 'wrong', problem: expect.stringContaining('DATABASE_URL') });
    expect(JSON.stringify(parsed)).not.toContain('hidden');
  }
});

test('the same from the environment is taken, and an address without one from either', () => {
  const withPassword = 'postgres://darcha:hidden@db.example/darcha';
  const without = 'postgres://darcha@db.example/darcha';
  expect(parseCommand(['migrate'], { DATABASE_URL: withPassword })).toMatchObject({
    database: { databaseUrl: withPassword },
  });
  expect(parseCommand(['migrate', '--database-url', without])).toMatchObject({
    database: { databaseUrl: without },
  });
});

test('a password in the address of a bucket is refused', () => {
  const args = ['--data', 'd', '--s3-bucket', 'scans', '--s3-endpoint', 'https://key:hidden@s3.example'];
  const parsed = parseCommand(args, { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' });
  expect(parsed).toMatchObject({
    command: 'wrong',
    problem: expect.stringContaining('AWS_SECRET_ACCESS_KEY'),
  });
  expect(JSON.stringify(parsed)).not.toContain('hidden');
});
