/** Everything the two shells do differently, as the station's services need it. */
export interface Shell {
  readonly kind: 'electron' | 'browser';
  /** Makes a secret unreadable to other users of this computer. */
  seal(secret: string): Promise<Uint8Array>;
  /** `null`: sealed by somebody else, or damaged. */
  unseal(sealed: Uint8Array): Promise<string | null>;
  /** Brings the window to the front, or opens it. */
  showWindow(): void;
  closeWindow(): void;
  /** How much would be left behind if the window closed now; the shell decides by it and by `keepSending`. */
  waitingChanged(count: number): void;
}

/** A log line: a code and plain facts. Nothing about a citizen at any level. */
export type Log = (level: 'error' | 'info', code: string, facts?: Record<string, unknown>) => void;
