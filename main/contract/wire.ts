/** A message and at most one payload of bytes, which no wire copies into text. */
export type WireHandler = (message: unknown, bytes?: Uint8Array<ArrayBuffer>) => void;

/**
 * Carries messages between a screen and its station, in order, both ways.
 *
 * A message is plain JSON. After `close`, or when the other end has gone, `post` does nothing and
 * `onClose` has been called once.
 */
export interface Wire {
  post(message: unknown, bytes?: Uint8Array<ArrayBuffer>): void;
  /** One handler; what arrived before it was set is given to it first. */
  listen(handler: WireHandler): void;
  onClose(handler: () => void): void;
  close(): void;
}
