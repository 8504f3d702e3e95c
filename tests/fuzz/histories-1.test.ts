import { expectHistories } from './parts/expect-histories.ts';

// Two files, so that both processors have one.
expectHistories({ from: 1, many: 5_000 });
