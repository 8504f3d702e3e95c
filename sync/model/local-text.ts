import { z } from 'zod';

/** The languages of screens, catalogue and prints, as BCP 47 tags with the script where there are two. */
export const Language = z.enum(['uz-Latn', 'uz-Cyrl', 'ru', 'en']);
export type Language = z.infer<typeof Language>;

/** All of them, in the order a clerk meets them. */
export const LANGUAGES = Language.options;

/** A text in every language of ours; catalogue data carries its words in itself. */
export const LocalText = z.object({
  'uz-Latn': z.string(),
  'uz-Cyrl': z.string(),
  ru: z.string(),
  en: z.string(),
});
export type LocalText = z.infer<typeof LocalText>;
