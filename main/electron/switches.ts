/** By these another program watches or leads the window, or loosens what guards it; there is no fuse for them. */
const FORBIDDEN: readonly string[] = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'inspect',
  'inspect-brk',
  'disable-web-security',
  'no-sandbox',
  'load-extension',
  'host-resolver-rules',
  'proxy-server',
  'ignore-certificate-errors',
];

/** The first of them that was given to a packed app; in development they are our own. */
export function findForbiddenSwitch(isPackaged: boolean, isGiven: (name: string) => boolean): string | null {
  return isPackaged ? (FORBIDDEN.find(isGiven) ?? null) : null;
}
