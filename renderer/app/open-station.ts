import { connect } from '#contract/connect';
import type { Station } from '#contract/station-contract';
import { createCentralFetch } from './central-fetch.ts';
import { createPortWire } from './port-wire.ts';
import { openSocketWire } from './socket-wire.ts';

const SESSION_KEY = 'darcha-session';
const CLAIM_KEY = 'darcha-claim';
const PORT_WAIT_MS = 15_000;
/** Between page and preload: the one asks, the other answers with a port. */
const PORT_WANTED = 'darcha-port-wanted';
const PORT_GIVEN = 'darcha-port';

export type StationOpening =
  | { outcome: 'open'; station: Station; fetchCentral: typeof fetch }
  /** The station does not know this page: it was started again, or is not there. */
  | { outcome: 'no-session' };

/** Finds the station of this page, in whichever shell it is. */
export function openStation(): Promise<StationOpening> {
  return location.protocol === 'http:' ? openInBrowser() : openInElectron();
}

async function openInBrowser(): Promise<StationOpening> {
  const session = await findSession(location.hash.slice(1));
  if (session === null) return { outcome: 'no-session' };
  const wire = await openSocketWire(`ws://${location.host}/wire`, session);
  if (wire === null) {
    sessionStorage.removeItem(SESSION_KEY);
    return { outcome: 'no-session' };
  }
  return { outcome: 'open', station: connect(wire), fetchCentral: createCentralFetch(session) };
}

/**
 * A boot token looks like nothing else that can stand in the fragment: 32 bytes as base64url. It stays there until the
 * session is kept, and is asked for with this page's own claim: a reload in between asks again and gets the same.
 */
async function findSession(boot: string): Promise<string | null> {
  const kept = sessionStorage.getItem(SESSION_KEY);
  if (!/^[\w-]{43}$/.test(boot)) return kept;
  const claim = sessionStorage.getItem(CLAIM_KEY) ?? crypto.randomUUID();
  sessionStorage.setItem(CLAIM_KEY, claim);
  const response = await fetch('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ boot, claim }),
  }).catch(() => null);
  if (response === null) return kept;
  const session = response.ok ? ((await response.json()) as { session: string }).session : null;
  if (session !== null) sessionStorage.setItem(SESSION_KEY, session);
  history.replaceState(null, '', location.pathname + location.search);
  return session ?? kept;
}

async function openInElectron(): Promise<StationOpening> {
  const port = await askForPort();
  if (port === null) return { outcome: 'no-session' };
  return { outcome: 'open', station: connect(createPortWire(port)), fetchCentral: fetch.bind(window) };
}

function askForPort(): Promise<MessagePort | null> {
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve(null), PORT_WAIT_MS);
    const take = (event: MessageEvent) => {
      const [port] = event.ports;
      if (event.source !== window || event.data !== PORT_GIVEN || port === undefined) return;
      window.removeEventListener('message', take);
      clearTimeout(late);
      resolve(port);
    };
    window.addEventListener('message', take);
    window.postMessage(PORT_WANTED, location.origin);
  });
}
