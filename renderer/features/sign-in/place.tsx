import type { ReactElement } from 'react';
import { useDesk } from '../../data/desk.ts';
import { useCentre } from '../../data/use-catalogue.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';

/** The centre and the desk. */
export function Place(): ReactElement {
  const { t, language } = useTranslate();
  const { identity } = useDesk();
  const centre = useCentre();
  return (
    <>
      <strong>{centre?.name[language] ?? ''}</strong>
      <br />
      {t('signIn.desk', { desk: identity.desk })}
    </>
  );
}
