/** What is done to the keys of a station; to add one, say here what it begins with, and do it in `keys-at-work.ts`. */
export const KEY_WORKS = {
  'first start': { from: 'nothing', after: ['open'] },
  'recovery key': { from: 'planted without an authority', after: ['open'] },
  rotate: { from: 'planted', after: ['open'] },
  'drop the older': { from: 'planted', after: ['open'] },
  erase: { from: 'planted', after: ['open', 'erased'] },
  recover: { from: 'erased', after: ['erased', 'locked', 'open'] },
  enrol: { from: 'planted', after: ['open'] },
} as const satisfies Record<string, { from: string; after: readonly string[] }>;

export type KeyWork = keyof typeof KEY_WORKS;
