import { safeStorage } from 'electron';
import { createHostSeal } from '#station/host-key';
import type { Log, Shell } from '#station/shell';

const BY_KEYRING = 1;
const BY_HOST_KEY = 2;

export type ElectronWindowActions = Pick<Shell, 'showWindow' | 'closeWindow' | 'waitingChanged'>;

/**
 * Seals with the operating system's keyring where there is one.
 *
 * Without one, Chromium would encrypt with a key that everybody knows (`basic_text`): then a key file of this user's
 * does it, as in the browser shell, and the log says so.
 */
export function createElectronShell(actions: ElectronWindowActions, log: Log): Shell {
  const host = createHostSeal();
  return {
    kind: 'electron',
    async seal(secret) {
      if (!hasKeyring()) {
        log('error', 'no-keyring');
        return Buffer.concat([Buffer.of(BY_HOST_KEY), await host.seal(secret)]);
      }
      return Buffer.concat([Buffer.of(BY_KEYRING), safeStorage.encryptString(secret)]);
    },
    async unseal(sealed) {
      const bytes = Buffer.from(sealed);
      if (bytes[0] === BY_HOST_KEY) return host.unseal(bytes.subarray(1));
      if (bytes[0] !== BY_KEYRING) return null;
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
