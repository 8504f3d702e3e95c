import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { extractFile, getRawHeader, listPackage, statFile, uncache } from '@electron/asar';
import { getCurrentFuseWire } from '@electron/fuses';
import { NtExecutable, NtExecutableResource, Resource } from 'resedit';

const PROGRAM = { linux: 'darcha', win: 'Darcha.exe' };
// The archive: screens with their fonts, the bundles, and what native modules need at run time.
const ARCHIVE_LIMIT_BYTES = 16 * 1024 * 1024;
// Chromium's own texts; it has none for Uzbek and Georgian.
const LOCALES = ['en-US.pak', 'ru.pak'];
const FILE_LIMIT_BYTES = 4 * 1024 * 1024;
const MODULES = '(@node-usb/usb-[a-z0-9-]+|@serialport/[a-z-]+|usb|debug|ms|node-gyp-build)';
const OF_THE_PROGRAM = [
  'out/electron/main.js',
  'out/electron/preload.cjs',
  'out/electron/check-secret.cjs',
  'out/renderer/index.html',
];
const ALLOWED = [
  /^package\.json$/,
  /^out\/electron\/(main\.js|preload\.cjs|check-secret\.cjs|assets\/[\w.-]+\.js)$/,
  /^out\/renderer\/index\.html$/,
  /^out\/renderer\/assets\/[\w.@+-]+\.(js|mjs|css|json|ttf|woff2|svg|png|wasm)$/,
  new RegExp(
    `^node_modules/${MODULES}/(LICENSE(\\.\\w+)?|license|package\\.json|([\\w.-]+/)*[\\w.@+-]+\\.(js|cjs|mjs|json|node))$`,
  ),
];
const NEVER = /(^|\/)\.|\.(ts|tsx|mts|map|log|pem|key)$|\.(test|spec)\.|(^|\/)tests?\//;

// What a fuse reads as in the program: the characters 0 and 1.
const OFF = 48;
const ON = 49;

/** The fuses as they must be in the shipped program, by their place in the wire. */
const FUSES = { 0: false, 1: true, 2: false, 3: false, 4: true, 5: true, 6: false, 7: false };

/** Everything wrong with a packed, unpacked-on-disk app: sentences, none when it may be shipped. */
export async function inspectPackage({ folder, target, version }) {
  const resources = join(folder, 'resources');
  const archive = join(resources, 'app.asar');
  if (!existsSync(archive)) return ['resources/app.asar is missing'];
  // The library remembers headers by path; what is read back is what lies there now.
  uncache(archive);
  return [
    ...listProblems(archive),
    ...packageProblems(archive, version),
    ...unpackedProblems(`${archive}.unpacked`, target),
    ...(existsSync(join(resources, 'default_app.asar')) ? ['resources/default_app.asar is still there'] : []),
    ...localeProblems(join(folder, 'locales')),
    ...(existsSync(join(resources, 'app')) ? ['resources/app lies beside the archive'] : []),
    ...(await fuseProblems(join(folder, PROGRAM[target]))),
    ...(target === 'win' ? resourceProblems(join(folder, PROGRAM.win), archive, version) : []),
  ];
}

/** The files in an archive, with forward slashes. */
export function filesInArchive(archive) {
  return listPackage(archive, { isPack: false })
    .map((path) => path.slice(1).split('\\').join('/'))
    .filter((path) => !('files' in statFile(archive, path.split('/').join(sep))));
}

function listProblems(archive) {
  const problems = [];
  for (const file of filesInArchive(archive)) {
    if (NEVER.test(file)) problems.push(`${file} must not be shipped`);
    else if (!ALLOWED.some((it) => it.test(file)))
      problems.push(`${file} is not on the list of what is shipped`);
    const { size } = statFile(archive, file.split('/').join(sep));
    if (size > FILE_LIMIT_BYTES) problems.push(`${file} has ${size} bytes, above ${FILE_LIMIT_BYTES}`);
  }
  const { size } = statSync(archive);
  if (size > ARCHIVE_LIMIT_BYTES) problems.push(`app.asar has ${size} bytes, above ${ARCHIVE_LIMIT_BYTES}`);
  return problems;
}

function packageProblems(archive, version) {
  const problems = [];
  const described = JSON.parse(extractFile(archive, 'package.json').toString());
  if (described.version !== version)
    problems.push(`package.json says version ${described.version}, not ${version}`);
  for (const part of ['scripts', 'devDependencies', 'imports']) {
    if (part in described) problems.push(`package.json still has ${part}`);
  }
  for (const file of OF_THE_PROGRAM) {
    if (!filesInArchive(archive).includes(file)) problems.push(`${file} is missing`);
  }
  return problems;
}

// Outside the archive lies only what the system's loader must open: binaries of the target.
function unpackedProblems(folder, target) {
  if (!existsSync(folder)) return ['app.asar.unpacked is missing: there are no native modules'];
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((it) => it.isFile())
    .map((it) => join(it.parentPath ?? it.path, it.name));
  const problems = files.flatMap((path) => {
    const name = path.slice(folder.length + 1);
    if (!name.endsWith('.node')) return [`${name} lies outside the archive`];
    return isBinaryOf(target, readFileSync(path)) ? [] : [`${name} is not a 64-bit binary of ${target}`];
  });
  for (const wanted of ['usb', 'bindings-cpp']) {
    if (!files.some((it) => it.includes(wanted))) problems.push(`the native module ${wanted} is missing`);
  }
  return problems;
}

/** Whether these bytes are an x86-64 binary of the target: ELF for Linux, PE for Windows. */
export function isBinaryOf(target, bytes) {
  if (target === 'linux')
    return bytes.readUInt32BE(0) === 0x7f454c46 && bytes[4] === 2 && bytes.readUInt16LE(18) === 0x3e;
  if (bytes.toString('latin1', 0, 2) !== 'MZ') return false;
  const at = bytes.readUInt32LE(0x3c);
  return bytes.toString('latin1', at, at + 4) === 'PE\0\0' && bytes.readUInt16LE(at + 4) === 0x8664;
}

function localeProblems(folder) {
  const others = readdirSync(folder).filter((it) => !LOCALES.includes(it));
  return others.length === 0 ? [] : [`locales has ${others.join(', ')}`];
}

async function fuseProblems(program) {
  const wire = await getCurrentFuseWire(program);
  return Object.entries(FUSES).flatMap(([place, on]) => {
    const is = wire[place];
    return is === (on ? ON : OFF) ? [] : [`fuse ${place} is not ${on ? 'on' : 'off'}`];
  });
}

// Windows checks the archive against a digest kept in the program's resources.
function resourceProblems(program, archive, version) {
  const { entries } = NtExecutableResource.from(NtExecutable.from(readFileSync(program)));
  const problems = [];
  const integrity = entries.find((it) => it.type === 'INTEGRITY' && it.id === 'ELECTRONASAR');
  const digest = createHash('sha256').update(getRawHeader(archive).headerString).digest('hex');
  const expected = [{ file: 'resources\\app.asar', alg: 'SHA256', value: digest }];
  const kept = integrity === undefined ? null : JSON.parse(Buffer.from(integrity.bin).toString());
  if (!isDeepStrictEqual(kept, expected))
    problems.push('the program does not hold the digest of its archive');
  const [info] = Resource.VersionInfo.fromEntries(entries);
  const [language] = info?.getAllLanguagesForStringValues() ?? [];
  const said = language === undefined ? {} : info.getStringValues(language);
  if (said.FileVersion !== version)
    problems.push(`the program says version ${said.FileVersion}, not ${version}`);
  if (said.ProductName !== 'Darcha') problems.push(`the program calls itself ${said.ProductName}`);
  return problems;
}
