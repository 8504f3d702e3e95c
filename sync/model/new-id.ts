import { v7 } from 'uuid';

/** A new UUIDv7: ids made later sort later, on one computer. */
export function newId(): string {
  return v7();
}
