/** A serial port as the operating system lists it. Identifiers are lower-case hex where it has them. */
export type SerialPlace = { path: string; vendorId: string | null; productId: string | null; name: string };

type ListedPort = { path: string; vendorId?: string; productId?: string; manufacturer?: string };

/** `null`: this computer cannot list them. The native binding is loaded at the first call, never at start. */
export async function listSerialPorts(): Promise<SerialPlace[] | null> {
  try {
    const { autoDetect } = await import('@serialport/bindings-cpp');
    const ports: readonly ListedPort[] = await autoDetect().list();
    return ports.map(({ path, vendorId, productId, manufacturer }) => ({
      path,
      vendorId: vendorId?.toLowerCase() ?? null,
      productId: productId?.toLowerCase() ?? null,
      name: manufacturer ?? path,
    }));
  } catch {
    return null;
  }
}
