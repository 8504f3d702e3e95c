/** Collections that RxDB pushes itself; small, and nobody loses sleep over them. */
const ROW_COLLECTIONS: readonly string[] = ['preferences'];

export function isRowCollection(name: string): boolean {
  return ROW_COLLECTIONS.includes(name);
}
