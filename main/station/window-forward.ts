import { CREDENTIALS_PATH } from './ask-credentials.ts';
import { ANSWER_GUARDS, type CentralForward } from './central-forward.ts';

/** Between station and centre alone: by what people are known. */
const KEPT_FROM_WINDOWS = new Set([CREDENTIALS_PATH, '/v1/sign-in']);
const HELLO = '/v1/hello';

/** The way to the centre as a window has it; `heard` is told when a round of its sync has begun well. */
export function createWindowForward(forward: CentralForward, heard: () => void): CentralForward {
  return async (ask) => {
    const path = (ask.path.split(/[?#]/)[0] ?? '').replace(/\/+$/, '').toLowerCase();
    if (KEPT_FROM_WINDOWS.has(toPlain(path))) return refusal();
    const answer = await forward(ask);
    if (path === HELLO && answer.status === 200) heard();
    return answer;
  };
}

/** As the centre reads it: `/v1//cred%65ntials` is the same place to some. */
function toPlain(path: string): string {
  try {
    return decodeURIComponent(path).replaceAll(/\/+/g, '/').replaceAll('/./', '/');
  } catch {
    return path;
  }
}

function refusal(): Awaited<ReturnType<CentralForward>> {
  return {
    status: 404,
    headers: { ...ANSWER_GUARDS, 'content-type': 'application/json', 'darcha-station': 'not-found' },
    body: inOnePiece(Buffer.from('{"error":"not-found"}')),
  };
}

async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
