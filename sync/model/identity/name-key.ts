const CYRILLIC: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ё: 'yo',
  ж: 'j',
  з: 'z',
  и: 'i',
  й: 'y',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'h',
  ц: 's',
  ч: 'C',
  ш: 'S',
  щ: 'S',
  ъ: '',
  ы: 'i',
  ь: '',
  э: 'e',
  ю: 'yu',
  я: 'ya',
  ў: 'o',
  қ: 'k',
  ғ: 'g',
  ҳ: 'h',
};
const APOSTROPHES = /['`´ʹʻʼʽˊˋ‘’‛′＇]/g;
/** Keeps s and h apart that are two sounds, `Isʼhoq`. */
const APART = '·';

/** Latin spellings of one sound, in the order in which they are taken. */
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/sh/g, 'S'],
  [/ch/g, 'C'],
  [/dzh|dj|zh/g, 'j'],
  [/kh/g, 'h'],
  [/gh/g, 'g'],
  [/x/g, 'h'],
  [/q/g, 'k'],
  [/t[sz]|c/g, 's'],
  [/w/g, 'v'],
  [/·/g, ''],
  [/y/g, ''],
  [/(.)\1+/gu, '$1'],
];

/**
 * Keys under which one person's name is found in every script and spelling; the second, where it
 * differs, is for a `г` written for a sound that is not said (Агзам for Aʼzam).
 *
 * Different names collide on purpose (Nodir, Nodira): a key proposes, a person decides.
 */
export function nameKeys(text: string): string[] {
  const words = soundsOf(text);
  const first = words.map(skeleton).join('-');
  const second = words.map(withoutSilentG).map(skeleton).join('-');
  return [...new Set([first, second])].filter((it) => it !== '');
}

/** Whether every word of a search begins some word of a name, by sound; the order is free. */
export function nameMatches(search: string, name: string): boolean {
  const wanted = soundsOf(search).map(wordKeys);
  const there = soundsOf(name).flatMap(wordKeys);
  return (
    wanted.length > 0 && wanted.every((keys) => there.some((it) => keys.some((key) => it.startsWith(key))))
  );
}

function soundsOf(text: string): string[] {
  const lower = text.normalize('NFC').toLowerCase();
  const latin = lower
    .replace(/с[ъʼ'’]?(?=[ҳх])/g, `s${APART}`)
    .replace(new RegExp(`s${APOSTROPHES.source}h`, 'g'), `s${APART}h`)
    .replace(APOSTROPHES, '')
    .replace(/[\u0400-\u04FF]/g, (it) => CYRILLIC[it] ?? it)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/ı/g, 'i');
  return latin
    .split(/[^\p{L}·]+/u)
    .map((word) => SOUNDS.reduce((it, [from, to]) => it.replace(from, to), word))
    .filter((word) => word !== '');
}

function wordKeys(word: string): string[] {
  return [...new Set([skeleton(word), skeleton(withoutSilentG(word))])];
}

function skeleton(word: string): string {
  const lead = /^[aeiou]/.test(word) ? 'A' : word.slice(0, 1);
  return lead + word.slice(1).replace(/[aeiou]/g, '');
}

function withoutSilentG(word: string): string {
  return word.slice(0, 1) + word.slice(1).replace(/g(?=[^aeiou])/g, '');
}
