import { useEffect, useState } from 'react';
import { useDesk } from './desk.ts';

const ASK_EVERY_MS = 600_000;
const WARN_DAYS = 14;

/** Days within which this computer has to reach the centre, once they are few. */
export function useFewOfflineDays(): number | null {
  const { station } = useDesk();
  const [days, setDays] = useState<number | null>(null);
  useEffect(() => {
    // Without the station nothing is known, and nothing is claimed.
    const ask = (): void => {
      station.call('station.offline', null).then(
        ({ daysLeft }) => setDays(daysLeft),
        () => setDays(null),
      );
    };
    ask();
    const timer = setInterval(ask, ASK_EVERY_MS);
    return () => clearInterval(timer);
  }, [station]);
  return days !== null && days <= WARN_DAYS ? days : null;
}
