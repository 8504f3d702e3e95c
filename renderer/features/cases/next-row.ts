/** Where a key takes the active row of a list; `null` for a key that does not move it. */
export function nextRow(key: string, current: number, count: number, pageRows: number): number | null {
  const to = target(key, current, count, Math.max(1, pageRows - 1));
  return to === null || count === 0 ? null : Math.min(count - 1, Math.max(0, to));
}

function target(key: string, current: number, count: number, page: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return current + 1;
    case 'ArrowUp':
      return current - 1;
    case 'PageDown':
      return current + page;
    case 'PageUp':
      return current - page;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
