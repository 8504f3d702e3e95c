import { createContext, type ReactElement, type ReactNode, useContext, useEffect, useMemo } from 'react';
import { createTranslate, type Language, type Translate } from './messages.ts';

type Words = { language: Language; t: Translate };
const WordsContext = createContext<Words>({ language: 'uz-Latn', t: createTranslate('uz-Latn') });

export function LanguageProvider({
  language,
  children,
}: {
  language: Language;
  children: ReactNode;
}): ReactElement {
  const words = useMemo(() => ({ language, t: createTranslate(language) }), [language]);
  // A screen reader chooses its voice by this, the browser its quotation marks and hyphens.
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return <WordsContext value={words}>{children}</WordsContext>;
}

/** The screen's language and its sentences. */
export function useTranslate(): Words {
  return useContext(WordsContext);
}
