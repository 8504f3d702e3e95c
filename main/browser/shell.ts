import { createHostSeal } from '#station/host-key';
import type { Shell } from '#station/shell';

export type BrowserWindowActions = Pick<Shell, 'showWindow' | 'closeWindow' | 'waitingChanged'>;

/** A browser has no keyring to lend: what seals lies in a file that only this user can read, apart from the data. */
export function createBrowserShell(actions: BrowserWindowActions): Shell {
  return { kind: 'browser', ...createHostSeal(), ...actions };
}
