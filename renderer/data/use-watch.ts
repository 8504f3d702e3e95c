import { useEffect, useState } from 'react';

/** Keeps the last value of a `watch*` of the replica; `undefined` until the first one came. */
export function useWatch<T>(
  watch: (listener: (value: T) => void) => () => void,
  key: readonly unknown[],
): T | undefined {
  const [held, setHeld] = useState<{ key: string; value: T } | undefined>(undefined);
  const name = JSON.stringify(key);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `name` says all that `watch` depends on
  useEffect(() => watch((value) => setHeld({ key: name, value })), [name]);
  return held?.key === name ? held.value : undefined;
}
