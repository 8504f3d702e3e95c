import type { ReactElement } from 'react';
import { useTranslate } from '../../i18n/use-translate.tsx';
import { ChoiceField } from './choice-field.tsx';
import { DateField } from './date-field.tsx';
import classes from './field-grid.module.css';
import { PinflField } from './pinfl-field.tsx';
import { TextField } from './text-field.tsx';

/** Who somebody is: number first, since it fills the birth date and the sex. */
export function PersonFields({ path, required = false }: { path: string; required?: boolean }): ReactElement {
  const { t } = useTranslate();
  return (
    <div className={classes.grid}>
      <div data-span="4">
        <PinflField path={`${path}.pinfl`} label={t('field.pinfl')} fills />
      </div>
      <div data-span="4">
        <DateField path={`${path}.birthDate`} label={t('field.birthDate')} required={required} />
      </div>
      <div data-span="4">
        <ChoiceField
          path={`${path}.sex`}
          label={t('field.sex')}
          options={[
            { code: 'm', label: t('sex.m') },
            { code: 'f', label: t('sex.f') },
          ]}
        />
      </div>
      <div data-span="4">
        <TextField
          path={`${path}.surname`}
          label={t('field.surname')}
          required={required}
          maxLength={120}
          isName
        />
      </div>
      <div data-span="4">
        <TextField
          path={`${path}.givenName`}
          label={t('field.givenName')}
          required={required}
          maxLength={120}
          isName
        />
      </div>
      <div data-span="4">
        <TextField path={`${path}.patronymic`} label={t('field.patronymic')} maxLength={120} isName />
      </div>
    </div>
  );
}
