import type { Language } from '../i18n/messages.ts';

/** Every language by its own name, the same on every screen: whoever looks for it can read it. */
export const LANGUAGE_NAMES: Record<Language, string> = {
  'uz-Latn': 'Oʻzbekcha',
  'uz-Cyrl': 'Ўзбекча',
  ru: 'Русский',
  en: 'English',
};
