import type { StaffMember } from '#model/staff';

/** Whether the PIN is this person's. PBKDF2-HMAC-SHA256, compared without a shortcut. */
export async function checkPin(member: StaffMember, pin: string): Promise<boolean> {
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, [
    'deriveBits',
  ]);
  const bits = await crypto.subtle.deriveBits(
    { name: 'PBKDF2', hash: 'SHA-256', salt: fromHex(member.pin.saltHex), iterations: member.pin.iterations },
    key,
    256,
  );
  const expected = fromHex(member.pin.hashHex);
  const given = new Uint8Array(bits);
  let difference = expected.length ^ given.length;
  for (const [index, byte] of given.entries()) difference |= byte ^ (expected[index] ?? 0);
  return difference === 0;
}

function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
