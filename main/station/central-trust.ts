import { createHash, type KeyObject, X509Certificate } from 'node:crypto';
import type { AgentOptions } from 'node:https';
import { checkServerIdentity, type DetailedPeerCertificate, type PeerCertificate } from 'node:tls';

/**
 * What the central server must show besides a name that fits.
 *
 * `ca`: certificates as PEM, and no others count. `pins`: base64 SHA-256 of a public key (SubjectPublicKeyInfo, RFC 7469);
 * the server's or that of any certificate above it has to be among them.
 */
export type CentralTrust = { ca: string | null; pins: readonly string[] };

/** The authorities that this computer knows. */
export const SYSTEM_TRUST: CentralTrust = { ca: null, pins: [] };

export function toTlsOptions({ ca, pins }: CentralTrust): AgentOptions {
  return {
    minVersion: 'TLSv1.2',
    ...(ca === null ? {} : { ca }),
    ...(pins.length === 0
      ? {}
      : { checkServerIdentity: (host, shown) => checkServerIdentity(host, shown) ?? checkPins(shown, pins) }),
  };
}

/** `sha256/…` or the same without its first part. */
export function isPin(text: string): boolean {
  return /^(sha256\/)?[A-Za-z0-9+/]{43}=$/.test(text);
}

function checkPins(shown: PeerCertificate, pins: readonly string[]): Error | undefined {
  const wanted = new Set(pins.map((it) => it.replace(/^sha256\//, '')));
  const isKnown = chainOf(shown as DetailedPeerCertificate).some((raw) =>
    wanted.has(toPin(new X509Certificate(raw).publicKey)),
  );
  return isKnown ? undefined : new Error('the server shows none of the keys it is known by');
}

function chainOf(shown: DetailedPeerCertificate): Buffer[] {
  const chain: Buffer[] = [];
  // A root names itself as the one above it.
  for (
    let it: DetailedPeerCertificate | undefined = shown;
    it?.raw !== undefined;
    it = it.issuerCertificate
  ) {
    if (chain.some((known) => known.equals(it?.raw ?? known))) break;
    chain.push(it.raw);
  }
  return chain;
}

function toPin(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('base64');
}
