import { useEffect, useState } from 'react';
import type { Answer } from '#contract/station-contract';
import { useDesk } from './desk.ts';

export type DeviceInfo = Answer<'devices.watch'>[number];
export type DeviceCondition = DeviceInfo['condition'];

/** Devices of this workstation as the station sees them now; `undefined` until it has answered. */
export function useDevices(): readonly DeviceInfo[] | undefined {
  const { station } = useDesk();
  const [devices, setDevices] = useState<readonly DeviceInfo[]>();
  useEffect(() => {
    const stop = new AbortController();
    const follow = async (): Promise<void> => {
      for await (const list of station.stream('devices.watch', null, stop.signal)) setDevices(list);
    };
    // Without the station nothing is known of a device, and nothing is claimed.
    follow().catch(() => setDevices((held) => held?.map((it) => ({ ...it, condition: 'unknown' }))));
    return () => stop.abort();
  }, [station]);
  return devices;
}
