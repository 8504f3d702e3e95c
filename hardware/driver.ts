/**
 * What a device is to the rest of the station. Drivers are added with the devices; the interfaces of
 * scanners, printers and pads come with the first driver of each.
 */
export type DeviceKind = 'scanner' | 'printer' | 'signature-pad' | 'reader';

/** Five states; `unknown` is told apart from `ready` and never shown as it. */
export type DeviceCondition = 'ready' | 'busy' | 'attention' | 'offline' | 'unknown';

/** Moves bytes. Leaving the loop over `read`, or aborting, stops it. */
export interface Transport {
  write(bytes: Uint8Array): Promise<void>;
  read(signal: AbortSignal): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}
