import { z } from 'zod';

/**
 * How two edits of one field, made apart, are joined (`was` differs from what stands there).
 *
 * `lww`: the later hybrid clock wins. `add-only`: lists are united. `state-machine`: allowed from the
 * current state or it waits. `first-writer`: the first to reach the centre stays. `review`: both are
 * kept and a person decides. Money and decisions are never `lww`.
 */
export const FieldRule = z.enum(['lww', 'add-only', 'state-machine', 'first-writer', 'review']);
export type FieldRule = z.infer<typeof FieldRule>;
