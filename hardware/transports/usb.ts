/** A USB device as the bus lists it, not opened. */
export type UsbPlace = { id: string; vendorId: number; productId: number; name: string };

/** `null`: there is no bus, or it cannot be read (`usb` rejects where `/sys/bus/usb` is missing). */
export async function listUsbDevices(): Promise<UsbPlace[] | null> {
  try {
    const { usb } = await import('usb');
    const devices = await usb.getDevices();
    return devices.map(({ vendorId, productId, serialNumber, productName }) => ({
      id: [hex(vendorId), hex(productId), serialNumber].filter(Boolean).join(':'),
      vendorId,
      productId,
      name: productName ?? `${hex(vendorId)}:${hex(productId)}`,
    }));
  } catch {
    return null;
  }
}

const hex = (value: number) => value.toString(16).padStart(4, '0');
