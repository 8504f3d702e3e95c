import { memo, type ReactElement, useEffect } from 'react';
import { AddressFields } from '../../components/fields/address-fields.tsx';
import { textOf, useFormPart } from '../../components/fields/answer-form.ts';
import { ListField } from '../../components/fields/choice-field.tsx';
import { DateField } from '../../components/fields/date-field.tsx';
import classes from '../../components/fields/field-grid.module.css';
import { PersonFields } from '../../components/fields/person-fields.tsx';
import { citizenshipOptions, documentTypeOptions } from '../../components/fields/person-options.ts';
import { PhoneField } from '../../components/fields/phone-field.tsx';
import { TextField } from '../../components/fields/text-field.tsx';
import { useTranslate } from '../../i18n/use-translate.tsx';
import { MrzBox } from './mrz-box.tsx';

/** Who asks for the service: read from a document or typed. */
export const ApplicantSection = memo(function ApplicantSection(): ReactElement {
  const { t } = useTranslate();
  const held = useFormPart((it) => textOf(it.answers['applicant.citizenship']));
  // A reader's lines are taken wherever the focus is; what is typed begins here.
  useEffect(() => document.querySelector<HTMLElement>('[data-path="applicant.pinfl"]')?.focus(), []);
  return (
    <>
      <MrzBox />
      <PersonFields path="applicant" required />
      <div className={classes.grid} style={{ marginTop: 12 }}>
        <div data-span="3">
          <ListField
            path="applicant.documentType"
            label={t('field.documentType')}
            options={documentTypeOptions(t)}
          />
        </div>
        <div data-span="3">
          <TextField
            path="applicant.documentNumber"
            label={t('field.documentNumber')}
            maxLength={30}
            isUpper
          />
        </div>
        <div data-span="3">
          <DateField path="applicant.documentExpires" label={t('field.documentExpires')} />
        </div>
        <div data-span="3">
          <ListField
            path="applicant.citizenship"
            label={t('field.citizenship')}
            options={citizenshipOptions(t, held)}
          />
        </div>
        <div data-span="4">
          <PhoneField path="applicant.phone" label={t('field.phone')} />
        </div>
        <fieldset className={classes.part}>
          <legend className={classes.legend}>{t('field.address')}</legend>
          <AddressFields path="applicant.address" />
        </fieldset>
      </div>
    </>
  );
});
