import type { DeviceInfo } from '#contract/station-contract';
import { listSerialPorts } from '#hardware/transports/serial';
import { listUsbDevices } from '#hardware/transports/usb';

export interface Devices {
  list(): DeviceInfo[];
  /** The whole list at once, and again whenever it changes, until the signal. */
  watch(signal: AbortSignal): AsyncIterable<DeviceInfo[]>;
}

/** What is plugged in and has a driver. No driver is written yet, so nothing is ever listed. */
export function createDevices(): Devices {
  const known: DeviceInfo[] = [];
  return {
    list: () => known,
    async *watch(signal) {
      yield known;
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        else signal.addEventListener('abort', () => resolve(), { once: true });
      });
    },
  };
}

/** How many ports and devices this computer shows, for its log; `null` where it cannot say. */
export async function countPlaces(): Promise<{ serial: number | null; usb: number | null }> {
  const [serial, usb] = await Promise.all([listSerialPorts(), listUsbDevices()]);
  return { serial: serial?.length ?? null, usb: usb?.length ?? null };
}
