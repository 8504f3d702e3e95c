import type { ReactElement } from 'react';
import { Notice } from '../../components/notice.tsx';
import { useTranslate } from '../../i18n/use-translate.tsx';
import classes from './sign-in-screen.module.css';

/** From here on it is said aloud. */
const FEW_DAYS = 5;

/** For how many days one may still come in without the centre: quietly while they are many. */
export function DaysLeft({ days }: { days: number | null }): ReactElement {
  const { t } = useTranslate();
  if (days === null) {
    return (
      <Notice tone="attention" title={t('signIn.never-asked')}>
        {t('signIn.never-asked.next')}
      </Notice>
    );
  }
  if (days === 0) {
    return (
      <Notice tone="bad" title={t('signIn.no-days')}>
        {t('signIn.no-days.next')}
      </Notice>
    );
  }
  if (days > FEW_DAYS) return <div className={classes.quiet}>{t('signIn.days', { count: days })}</div>;
  return (
    <Notice tone="attention" title={t('signIn.days', { count: days })}>
      {t('signIn.days.few')}
    </Notice>
  );
}
