import type { Shell } from '#station/shell';

export type BrowserWindowActions = Pick<Shell, 'showWindow' | 'closeWindow' | 'waitingChanged'>;

/** A browser has no keyring to lend: secrets lie in a file that only this user can read. */
export function createBrowserShell(actions: BrowserWindowActions): Shell {
  return {
    kind: 'browser',
    seal: async (secret) => Buffer.from(secret, 'utf8'),
    unseal: async (sealed) => Buffer.from(sealed).toString('utf8'),
    ...actions,
  };
}
