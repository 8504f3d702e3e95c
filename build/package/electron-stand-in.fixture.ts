import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPackage } from '@electron/asar';
import { NtExecutable, NtExecutableResource, Resource } from 'resedit';

const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
// As Electron ships: version 1 of the wire, nine fuses, all as the maker left them.
const FUSE_WIRE = Buffer.concat([Buffer.from(FUSE_SENTINEL), Buffer.of(1, 9), Buffer.from('101100011')]);

/**
 * A folder shaped like an unpacked Electron: small but valid programs with a real fuse wire.
 *
 * It is packed, never run; `default_app.asar` is there to be seen gone afterwards.
 */
export async function makeElectronStandIn(folder: string, target: 'linux' | 'win'): Promise<string> {
  mkdirSync(join(folder, 'resources'), { recursive: true });
  mkdirSync(join(folder, 'locales'), { recursive: true });
  const program = join(folder, target === 'win' ? 'electron.exe' : 'electron');
  writeFileSync(program, target === 'win' ? withVersion(portableExecutable()) : elfExecutable());
  chmodSync(program, 0o755);
  if (target === 'linux') writeFileSync(join(folder, 'chrome-sandbox'), elfExecutable());
  mkdirSync(join(folder, 'default-app'));
  writeFileSync(join(folder, 'default-app', 'main.js'), '// the app Electron shows when it is given none');
  await createPackage(join(folder, 'default-app'), join(folder, 'resources', 'default_app.asar'));
  rmSync(join(folder, 'default-app'), { recursive: true });
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'version'])
    writeFileSync(join(folder, name), name);
  for (const language of ['en-US', 'ru', 'de'])
    writeFileSync(join(folder, 'locales', `${language}.pak`), 'pak');
  return folder;
}

// exit(0), after a header of one loadable segment.
function elfExecutable(): Buffer {
  const code = Buffer.from('b83c00000031ff0f05', 'hex');
  const start = 64 + 56;
  const header = Buffer.alloc(start);
  Buffer.from('7f454c46020101', 'hex').copy(header);
  header.writeUInt16LE(2, 16);
  header.writeUInt16LE(0x3e, 18);
  header.writeUInt32LE(1, 20);
  header.writeBigUInt64LE(BigInt(0x400000 + start), 24);
  header.writeBigUInt64LE(64n, 32);
  header.writeUInt16LE(64, 52);
  header.writeUInt16LE(56, 54);
  header.writeUInt16LE(1, 56);
  const size = BigInt(start + code.length + FUSE_WIRE.length);
  header.writeUInt32LE(1, 64);
  header.writeUInt32LE(5, 68);
  header.writeBigUInt64LE(0x400000n, 80);
  header.writeBigUInt64LE(0x400000n, 88);
  header.writeBigUInt64LE(size, 96);
  header.writeBigUInt64LE(size, 104);
  header.writeBigUInt64LE(0x1000n, 112);
  return Buffer.concat([header, code, FUSE_WIRE]);
}

// A 64-bit console program of two sections; no imports, no symbols.
function portableExecutable(): Buffer {
  const file = Buffer.alloc(0x600);
  file.write('MZ', 0, 'latin1');
  file.writeUInt32LE(0x80, 0x3c);
  file.write('PE\0\0', 0x80, 'latin1');
  const coff = 0x84;
  file.writeUInt16LE(0x8664, coff);
  file.writeUInt16LE(2, coff + 2);
  file.writeUInt16LE(240, coff + 16);
  file.writeUInt16LE(0x22, coff + 18);
  const optional = coff + 20;
  file.writeUInt16LE(0x20b, optional);
  file.writeUInt32LE(0x200, optional + 4);
  file.writeUInt32LE(0x200, optional + 8);
  file.writeUInt32LE(0x1000, optional + 16);
  file.writeUInt32LE(0x1000, optional + 20);
  file.writeBigUInt64LE(0x140000000n, optional + 24);
  file.writeUInt32LE(0x1000, optional + 32);
  file.writeUInt32LE(0x200, optional + 36);
  file.writeUInt16LE(6, optional + 40);
  file.writeUInt16LE(6, optional + 48);
  file.writeUInt32LE(0x3000, optional + 56);
  file.writeUInt32LE(0x200, optional + 60);
  file.writeUInt16LE(3, optional + 68);
  file.writeBigUInt64LE(0x100000n, optional + 72);
  file.writeBigUInt64LE(0x1000n, optional + 80);
  file.writeBigUInt64LE(0x100000n, optional + 88);
  file.writeBigUInt64LE(0x1000n, optional + 96);
  file.writeUInt32LE(16, optional + 108);
  writeSection(file, optional + 240, { name: '.text', at: 0x1000, from: 0x200, flags: 0x60000020 });
  writeSection(file, optional + 280, { name: '.rdata', at: 0x2000, from: 0x400, flags: 0x40000040 });
  Buffer.from('31c0c3', 'hex').copy(file, 0x200);
  FUSE_WIRE.copy(file, 0x400);
  return file;
}

// The packer writes our version over Electron's, so there must be one.
function withVersion(program: Buffer): Buffer {
  const executable = NtExecutable.from(program);
  const resources = NtExecutableResource.from(executable);
  const version = Resource.VersionInfo.createEmpty();
  version.setFileVersion(45, 4, 1, 0, 1033);
  version.setStringValues({ lang: 1033, codepage: 1200 }, { ProductName: 'Electron', FileVersion: '45.4.1' });
  version.outputToResourceEntries(resources.entries);
  resources.outputResource(executable);
  return Buffer.from(executable.generate());
}

function writeSection(
  file: Buffer,
  place: number,
  section: { name: string; at: number; from: number; flags: number },
): void {
  file.write(section.name, place, 'latin1');
  file.writeUInt32LE(0x200, place + 8);
  file.writeUInt32LE(section.at, place + 12);
  file.writeUInt32LE(0x200, place + 16);
  file.writeUInt32LE(section.from, place + 20);
  file.writeUInt32LE(section.flags, place + 36);
}
