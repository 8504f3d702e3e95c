import type { Plugin } from 'vite';

type Words = Readonly<Record<string, readonly (readonly [from: RegExp, to: string])[]>>;

/** Ours with some words changed: one schema older, and with something made wrong to show that histories find it. */
const PROGRAMS: Readonly<Record<string, Words>> = {
  /** Knows of no payments. */
  older: {
    'sync/model/case-event.ts': [
      [/ {2}z\.object\(\{\n {4}type: z\.literal\('payment\.recorded'\)[\s\S]*?\n {2}\}\),\n/, ''],
    ],
    'sync/model/project-case.ts': [
      [/ {4}case 'payment\.recorded':\n.*\n/, ''],
      [/ {4}payments: \[\],\n/, ''],
    ],
    'sync/model/case.ts': [[/ {2}payments: z\.array\([\s\S]*?\n {2}\),\n/, '']],
  },
  /** A number that a packed stream has is given again. */
  'packed unseen': {
    'sync/replica/pull-all.ts': [
      [/ {4}await goOnAfterAll\(numbers\);\n {4}if \(own\.length > 0\)/, '    if (own.length > 0)'],
      [/ {10}else await goOnAfterApplied\(rows\);\n/, ''],
      [/ {4}if .* await goOnAfterAll\(ownNumbers\(packed\.rows\)\);\n {4}else await .*\n/, ''],
    ],
  },
  /** A check of the copies finds nothing. */
  'damage unseen': {
    'sync/replica/health-check.ts': [[/return found\.filter\(\(it\) => it !== null\);/, 'return [];']],
  },
  /** After an update nothing is read again. */
  'nothing read again': {
    'sync/replica/unreadable.ts': [[/await tables\.events\.bulkUpsert\(.*\);/, '']],
  },
};

const OF_A_STATION = /\/sync\/(replica|model|protocol)\//;
const programOf = (id = ''): string | undefined => /\?program=(.+)$/.exec(decodeURIComponent(id))?.[1];

/** `open-replica?program=older` is the whole replica with those words changed, beside the one that is not. */
export function otherPrograms(): Plugin {
  return {
    name: 'other-programs',
    enforce: 'pre',
    async resolveId(source, importer) {
      const program = programOf(source) ?? programOf(importer);
      if (program === undefined) return null;
      const plain = (id: string): string => id.replace(/\?program=.+$/, '');
      const found = await this.resolve(plain(source), importer && plain(importer), { skipSelf: true });
      if (found === null || !OF_A_STATION.test(found.id)) return found;
      return `${plain(found.id)}?program=${encodeURIComponent(program)}`;
    },
    transform(code, id) {
      const program = programOf(id);
      if (program === undefined) return null;
      const [, words = []] = Object.entries(PROGRAMS[program] ?? {}).find(([it]) => id.includes(it)) ?? [];
      return words.reduce((so, [from, to]) => {
        if (!from.test(so)) throw new Error(`the program '${program}' needs other words: ${from}`);
        return so.replace(from, to);
      }, code);
    },
  };
}
