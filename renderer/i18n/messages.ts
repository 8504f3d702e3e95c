import { createInstance } from 'i18next';
import en from './en.json';
import ru from './ru.json';
import uzCyrl from './uz-Cyrl.json';
import uzLatn from './uz-Latn.json';

/** Tags of the files beside this one; the model has the same list for catalogue texts. */
export type Language = 'uz-Latn' | 'uz-Cyrl' | 'ru' | 'en';

type Plural = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';
type WithoutPlural<K> = K extends `${infer Base}_${Plural}` ? Base : K;
export type MessageKey = WithoutPlural<keyof typeof uzLatn>;
export type MessageValues = Record<string, string | number>;

/** Looks a sentence up. `count` picks the plural form. */
export type Translate = (key: MessageKey, values?: MessageValues) => string;

const instance = createInstance();
void instance.init({
  lng: 'uz-Latn',
  fallbackLng: false,
  keySeparator: false,
  nsSeparator: false,
  initAsync: false,
  interpolation: { escapeValue: false },
  resources: {
    'uz-Latn': { translation: uzLatn },
    'uz-Cyrl': { translation: uzCyrl },
    ru: { translation: ru },
    en: { translation: en },
  },
});

/** The sentences of one language: of the screen, or of what is printed for the applicant. */
export function createTranslate(language: Language): Translate {
  const fixed = instance.getFixedT(language);
  return (key, values) => fixed(key, values ?? {});
}

/** Whether there is a sentence for a code that came from elsewhere (`error.` + code). */
export function hasMessage(key: string): key is MessageKey {
  return instance.exists(key, { lng: 'en' }) || instance.exists(key, { lng: 'en', count: 1 });
}
