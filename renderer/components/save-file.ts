/** Hands bytes to whoever sits there as a file of that name. */
export function saveFile(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads it after the click; a minute is long enough and frees it all the same.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
