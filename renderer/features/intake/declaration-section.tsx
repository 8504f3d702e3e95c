import { Checkbox } from '@mantine/core';
import type { ReactElement } from 'react';
import type { Language } from '#model/local-text';
import { useField } from '../../components/fields/answer-form.ts';
import { useFieldWords } from '../../components/fields/field-words.tsx';
import { createTranslate } from '../../i18n/messages.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';
import classes from './intake.module.css';
import { CONSENTED, DECLARED } from './use-intake.ts';

/** What the applicant declares, in the applicant's language; consent to personal data stands apart. */
export function DeclarationSection({ applicantLanguage }: { applicantLanguage: Language }): ReactElement {
  const { t } = useTranslate();
  const say = createTranslate(applicantLanguage);
  return (
    <div className={classes.declaration}>
      <div className={classes.quiet}>{t('declaration.readOut')}</div>
      <blockquote className={classes.said} lang={applicantLanguage}>
        {say('declaration.text')}
      </blockquote>
      <Agreed path={DECLARED} label={t('declaration.agreed')} />
      <blockquote className={classes.said} lang={applicantLanguage}>
        {say('consent.text')}
      </blockquote>
      <Agreed path={CONSENTED} label={t('consent.agreed')} />
    </div>
  );
}

function Agreed({ path, label }: { path: string; label: string }): ReactElement {
  const { answer, set, leave } = useField(path);
  const { error } = useFieldWords({ path, label });
  return (
    <Checkbox
      label={label}
      checked={answer === true}
      error={error}
      data-path={path}
      onBlur={leave}
      onChange={(event) => set(event.currentTarget.checked)}
    />
  );
}
