/**
 * What a suite answers for one thing it measured: `run(): Promise<Measured[]>`.
 *
 * `floor` is the same work done the barest way, measured in the same run and unit; `target` is the
 * most the ratio may be or, without a floor, the value. A row's ratio and verdict follow from these.
 */
export type Measured = {
  name: string;
  value: number;
  unit: 'ms' | 'MB' | 'bytes' | 'per second' | 'events' | 'streams';
  floor?: number;
  target?: number;
};

/** The value below which `share` of the samples lie: 0.5 is the median. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
