import type { IncomingHttpHeaders } from 'node:http';

/** The only name this station answers to. Its own, so that storage is shared with no other tool on `localhost`. */
export const HOST_NAME = 'darcha.localhost';

/**
 * Whether a request may be heard at all; else the status it gets.
 *
 * All three are compared with constants: under DNS rebinding a request's `Origin` and `Host` agree.
 */
export function guardRequest(headers: IncomingHttpHeaders, port: number): 421 | 403 | null {
  const host = `${HOST_NAME}:${port}`;
  if (headers.host !== host) return 421;
  if (headers.origin !== undefined && headers.origin !== `http://${host}`) return 403;
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none' ? null : 403;
}
