import { type ReactElement, useMemo } from 'react';
import { createCollator } from '#model/collate';
import type { Place } from '#model/reference';
import type { Language } from '../../i18n/messages.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';
import { textOf, useAnswerForm, useFormPart } from './answer-form.ts';
import { ListField, type ShownOption } from './choice-field.tsx';
import classes from './field-grid.module.css';
import { TextField } from './text-field.tsx';

/** Region → district → the rest as text: villages have no street numbers. */
export function AddressFields({
  path,
  required = false,
}: {
  path: string;
  required?: boolean;
}): ReactElement {
  const { t, language } = useTranslate();
  const { change } = useAnswerForm();
  const places = useFormPart((it) => it.places);
  const country = useFormPart((it) => it.country);
  const region = useFormPart((it) => textOf(it.answers[`${path}.region`]));
  const regions = useOptions(places, country, language);
  const districts = useOptions(places, region === '' ? null : region, language);
  return (
    <div className={classes.grid}>
      <div data-span="3">
        <ListField
          path={`${path}.region`}
          label={t('field.region')}
          required={required}
          options={regions}
          onTaken={(code) => {
            change((now) => {
              const district = textOf(now[`${path}.district`]);
              const isThere = places.some((it) => it.code === district && it.parent === code);
              return isThere ? now : { ...now, [`${path}.district`]: null };
            });
          }}
        />
      </div>
      <div data-span="3">
        <ListField
          path={`${path}.district`}
          label={t('field.district')}
          required={required}
          options={districts}
          disabled={region === ''}
        />
      </div>
      <div data-span="6">
        <TextField path={`${path}.settlement`} label={t('field.settlement')} maxLength={200} isName />
      </div>
      <div data-span="4">
        <TextField path={`${path}.street`} label={t('field.street')} maxLength={200} isName />
      </div>
      <div data-span="2">
        <TextField path={`${path}.house`} label={t('field.house')} maxLength={30} />
      </div>
      <div data-span="2">
        <TextField path={`${path}.flat`} label={t('field.flat')} maxLength={30} />
      </div>
      <div data-span="4">
        <TextField path={`${path}.landmark`} label={t('field.landmark')} maxLength={300} />
      </div>
    </div>
  );
}

/** Places under one place, in the order of the alphabet; under a country, its regions. */
function useOptions(
  places: readonly Place[],
  under: string | null,
  language: Language,
): readonly ShownOption[] {
  return useMemo(() => {
    const compare = createCollator(language);
    return places
      .filter((it) => (under === 'UZ' || under === 'GE' ? isRegionOf(it, under) : it.parent === under))
      .filter((it) => under !== null && it.code !== '')
      .map((it) => ({ code: it.code, label: it.name[language] }))
      .sort((a, b) => compare(a.label, b.label));
  }, [places, under, language]);
}

// Uzbek regions are 17 and two digits (SOATO); the Georgian register has other codes.
function isRegionOf(place: Place, country: 'UZ' | 'GE'): boolean {
  return place.parent === null && (country === 'UZ') === /^17\d\d$/.test(place.code);
}
