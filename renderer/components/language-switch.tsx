import type { ReactElement } from 'react';
import { LANGUAGES } from '#model/local-text';
import type { Language } from '../i18n/messages.ts';
import { useTranslate } from '../i18n/use-translate.tsx';
import { LANGUAGE_NAMES } from './language-names.ts';
import classes from './language-switch.module.css';

/** All languages side by side, each by its own name. */
export function LanguageSwitch(props: {
  language: Language;
  onChange: (it: Language) => void;
}): ReactElement {
  const { t } = useTranslate();
  return (
    <fieldset className={classes.languages} aria-label={t('user.language')}>
      {LANGUAGES.map((it) => (
        <button
          key={it}
          type="button"
          lang={it}
          className={classes.language}
          aria-pressed={it === props.language}
          onClick={() => props.onChange(it)}
        >
          {LANGUAGE_NAMES[it]}
        </button>
      ))}
    </fieldset>
  );
}
