let last = 0;

/** In place of random ids, so that one seed is one history. Later ones sort later, as UUIDv7 do. */
export function newId(): string {
  last += 1;
  return `0190${String(last).padStart(12, '0')}`;
}

/** A history begins with the same ids, whichever came before it in this process. */
export function restartIds(): void {
  last = 0;
}
