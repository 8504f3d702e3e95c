import { z } from 'zod';

export const Role = z.enum(['clerk', 'supervisor', 'it']);
export type Role = z.infer<typeof Role>;

/** Somebody who may sign in at a centre's desks; the PIN is kept only as a salted PBKDF2 hash. */
export const StaffMember = z.object({
  id: z.string().max(60),
  centreId: z.int().positive(),
  name: z.string().max(120),
  role: Role,
  pin: z.object({ iterations: z.int().positive(), saltHex: z.string(), hashHex: z.string() }),
  /** Shown on the sign-in screen of a demonstration server only. */
  demoPin: z.string().optional(),
});
export type StaffMember = z.infer<typeof StaffMember>;
