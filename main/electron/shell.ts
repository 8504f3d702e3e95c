import { safeStorage } from 'electron';
import type { Log, Shell } from '#station/shell';

const SEALED = 1;
const PLAIN = 0;

export type ElectronWindowActions = Pick<Shell, 'showWindow' | 'closeWindow' | 'waitingChanged'>;

/**
 * Seals with the operating system's keyring where there is one.
 *
 * Without one, Chromium would encrypt with a key that everybody knows (`basic_text`): then the file's
 * permissions are all the protection there is, as in the browser shell, and the log says so.
 */
export function createElectronShell(actions: ElectronWindowActions, log: Log): Shell {
  return {
    kind: 'electron',
    async seal(secret) {
      if (!hasKeyring()) {
        log('error', 'no-keyring');
        return Buffer.concat([Buffer.of(PLAIN), Buffer.from(secret, 'utf8')]);
      }
      return Buffer.concat([Buffer.of(SEALED), safeStorage.encryptString(secret)]);
    },
    async unseal(sealed) {
      const bytes = Buffer.from(sealed);
      if (bytes[0] === PLAIN) return bytes.toString('utf8', 1);
      try {
        return safeStorage.decryptString(bytes.subarray(1));
      } catch {
        log('error', 'sealed-by-another');
        return null;
      }
    },
    ...actions,
  };
}

function hasKeyring(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  return process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text';
}
