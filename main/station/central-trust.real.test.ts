import { execFile } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCentralForward } from './central-forward.ts';
import { type CentralTrust, SYSTEM_TRUST } from './central-trust.ts';
import { newFolder } from './new-folder.fixture.ts';
import { readStationTarget } from './station-options.ts';

const run = promisify(execFile);
const openssl = await run('openssl', ['version']).then(
  () => true,
  () => false,
);

type Pair = { cert: string; key: string };

/** A certificate of `name`, signed by `by` or by itself. */
async function makeCertificate(folder: string, name: string, by?: string): Promise<Pair> {
  const path = (end: string) => join(folder, `${name}.${end}`);
  const subject = ['-subj', `/CN=${name}`, '-days', '2', '-nodes', '-newkey', 'rsa:2048'];
  const files = ['-keyout', path('key'), '-out', path('pem')];
  if (by === undefined) await run('openssl', ['req', '-x509', ...subject, ...files]);
  else {
    await run('openssl', ['req', ...subject, '-keyout', path('key'), '-out', path('csr')]);
    await writeFile(path('ext'), 'subjectAltName=IP:127.0.0.1\n');
    const ca = ['-CA', join(folder, `${by}.pem`), '-CAkey', join(folder, `${by}.key`), '-CAcreateserial'];
    const out = ['-out', path('pem'), '-days', '2', '-extfile', path('ext')];
    await run('openssl', ['x509', '-req', '-in', path('csr'), ...ca, ...out]);
  }
  return { cert: await readFile(path('pem'), 'utf8'), key: await readFile(path('key'), 'utf8') };
}

const pinOf = (cert: string): string => {
  const key = new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' });
  return `sha256/${createHash('sha256').update(key).digest('base64')}`;
};

if (!openssl) process.stdout.write('central-trust: openssl is not there to make certificates: skipped\n');

describe.skipIf(!openssl)('a station knows its centre', () => {
  let authority: Pair;
  let other: Pair;
  let shown: Pair;
  let server: Server;
  let url: string;
  let folder: string;

  beforeAll(async () => {
    folder = await newFolder();
    authority = await makeCertificate(folder, 'authority');
    other = await makeCertificate(folder, 'other');
    shown = await makeCertificate(folder, 'central', 'authority');
    server = createServer({ ...shown, cert: shown.cert + authority.cert }, (_request, response) =>
      response.end('here'),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server?.closeAllConnections();
    server?.close();
  });

  const ask = async (trust: CentralTrust): Promise<number> => {
    const forward = createCentralForward(url, () => null, trust);
    const { signal } = new AbortController();
    const { status } = await forward({ method: 'GET', path: '/v1/x', headers: {}, body: null, signal });
    return status;
  };

  test('by the authority that it was given, and by no other', async () => {
    expect(await ask({ ca: authority.cert, pins: [] })).toBe(200);
    expect(await ask({ ca: other.cert, pins: [] })).toBe(502);
    expect(await ask(SYSTEM_TRUST)).toBe(502);
  });

  test('by a key that it was told, the own one of the server or one above it', async () => {
    const ca = authority.cert;
    expect(await ask({ ca, pins: [pinOf(shown.cert)] })).toBe(200);
    expect(await ask({ ca, pins: [pinOf(other.cert), pinOf(authority.cert).slice('sha256/'.length)] })).toBe(
      200,
    );
    expect(await ask({ ca, pins: [pinOf(other.cert)] })).toBe(502);
    // A pin is asked for besides the authority, not in its place.
    expect(await ask({ ca: null, pins: [pinOf(shown.cert)] })).toBe(502);
  });

  test('as its enrolment file says, also after the file is gone', async () => {
    const data = await newFolder();
    const file = join(data, 'desk.enrolment');
    const [ca, pins] = [authority.cert, [pinOf(authority.cert)]];
    await writeFile(join(data, 'station.json'), JSON.stringify({ desk: 'desk-1', kept: 'of IT' }));
    await writeFile(file, JSON.stringify({ central: url, code: 'CODE-1', ca, pins }));
    const trust = { ca, pins };
    const target = { centralUrl: url, enrolment: { desk: 'desk-1', code: 'CODE-1' }, trust };
    expect(await readStationTarget(data, { enrolment: file })).toEqual({ outcome: 'target', target });
    const later = { outcome: 'target', target: { ...target, enrolment: null } };
    expect(await readStationTarget(data, {})).toEqual(later);
    const machine = JSON.parse(await readFile(join(data, 'station.json'), 'utf8')) as object;
    expect(machine).toEqual({ desk: 'desk-1', kept: 'of IT', central: url, ca, pins });
  });
});
