import type { LocalText } from '#model/local-text';

/** One text in our four languages, in the order a clerk meets them. */
export function text(uzLatn: string, uzCyrl: string, ru: string, en: string): LocalText {
  return { 'uz-Latn': uzLatn, 'uz-Cyrl': uzCyrl, ru, en };
}
