import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type GivenKeys, KEY_OPTIONS, KEY_USAGE, toGivenKeys } from '#station/key-command';
import { type GivenTarget, TARGET_OPTIONS, toGivenTarget } from '#station/station-options';

export const USAGE = `node out/browser/main.js --data DIR --central URL [options]

  --data DIR      folder of this station; holds what was not sent yet
  --central URL   address of the central server (or "central" in DIR/station.json)
  --port N        47615 unless told; the window's data belongs to the port, so keep it
  --desk NAME     enrol as this desk, with --code CODE or --enrolment FILE
  --enrolment FILE  what darcha-central enrol --out wrote: where the centre is, its certificates, a code
  --central-ca FILE   trust these certificates (PEM) and no others
  --central-pin PIN   sha256/… of a public key that the centre must show; may be given more than once
  --show app|none open a window (app), or only print the address to open (none)
${KEY_USAGE}
  --help`;

export const DEFAULT_PORT = 47615;

export type BrowserOptions = {
  data: string;
  port: number;
  show: 'app' | 'none';
  keys: GivenKeys;
} & GivenTarget;

/** The command line, or what is wrong with it. */
export function parseOptions(
  args: string[],
):
  | { outcome: 'options'; options: BrowserOptions }
  | { outcome: 'help' }
  | { outcome: 'usage'; reason: string } {
  let values: Record<string, string | boolean | string[] | undefined>;
  try {
    const text = { type: 'string' } as const;
    const options = { ...TARGET_OPTIONS, ...KEY_OPTIONS, data: text, port: text, show: text };
    ({ values } = parseArgs({ args, options: { ...options, help: { type: 'boolean' } } }));
  } catch (error) {
    return { outcome: 'usage', reason: error instanceof Error ? error.message : String(error) };
  }
  if (values.help === true) return { outcome: 'help' };
  const { data, port = String(DEFAULT_PORT), show = 'app' } = values as Record<string, string>;
  if (data === undefined || data === '')
    return { outcome: 'usage', reason: 'say where the data is kept: --data DIR' };
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) {
    return { outcome: 'usage', reason: `"${port}" is no port number` };
  }
  if (show !== 'app' && show !== 'none') return { outcome: 'usage', reason: '--show is app or none' };
  return {
    outcome: 'options',
    options: {
      ...{ data: resolve(data), port: Number(port), show },
      ...{ keys: toGivenKeys(values), ...toGivenTarget(values) },
    },
  };
}
