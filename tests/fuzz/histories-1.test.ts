import { expectHistories } from './parts/expect-histories.ts';

// Two files, so that both processors have one.
expectHistories({ from: 1, short: 4_975, long: 25 });
