const HEADER_LENGTH_BYTES = 4;

/**
 * One message with its bytes as one frame: length of the JSON (4 bytes, big-endian), the JSON, the bytes.
 *
 * For wires that carry nothing but bytes, so that no payload is copied into text.
 */
export function encodeFrame(message: unknown, bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const json = new TextEncoder().encode(JSON.stringify(message));
  const frame = new Uint8Array(HEADER_LENGTH_BYTES + json.length + bytes.length);
  new DataView(frame.buffer).setUint32(0, json.length);
  frame.set(json, HEADER_LENGTH_BYTES);
  frame.set(bytes, HEADER_LENGTH_BYTES + json.length);
  return frame;
}

/** The reverse of `encodeFrame`; `null` for anything that is no such frame. The bytes are a copy. */
export function decodeFrame(frame: Uint8Array): { message: unknown; bytes: Uint8Array<ArrayBuffer> } | null {
  if (frame.length < HEADER_LENGTH_BYTES) return null;
  const jsonLength = new DataView(frame.buffer, frame.byteOffset).getUint32(0);
  const end = HEADER_LENGTH_BYTES + jsonLength;
  if (end > frame.length) return null;
  const message = parseJson(new TextDecoder().decode(frame.subarray(HEADER_LENGTH_BYTES, end)));
  return message === null ? null : { message: message.value, bytes: new Uint8Array(frame.subarray(end)) };
}

/** A message that came as text; `null` if it is no JSON. */
export function parseJson(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
}
