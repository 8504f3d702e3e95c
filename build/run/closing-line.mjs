/** The line `npm test` ends with: `12 passed, 0 failed`, and `, 1 skipped` where there are any. */
export function closingLine(tallies) {
  const sum = (of) => tallies.reduce((total, it) => total + of(it), 0);
  const passed = sum((it) => it.passed);
  const failed = sum((it) => it.failed);
  const skipped = sum((it) => it.skipped.length);
  return { failed, line: `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}` };
}
