import { Button, Progress } from '@mantine/core';
import type { ReactElement } from 'react';
import { Notice } from '../../components/notice.tsx';
import { useSyncNow, useSyncStatus } from '../../data/use-sync.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';
import classes from './sign-in-screen.module.css';

/** The list of names has not come yet: how far it is, or why not. */
export function FirstSync({ hasStaff }: { hasStaff: boolean }): ReactElement | null {
  const { t } = useTranslate();
  const status = useSyncStatus();
  const syncNow = useSyncNow();
  if (hasStaff) return null;
  const { trouble, progress } = status;
  if (trouble !== null) {
    return (
      <div className={classes.waiting}>
        <h1 className={classes.title}>{t('firstSync.title')}</h1>
        <Notice
          tone="attention"
          title={t(`firstSync.${trouble.failure.outcome}`)}
          actions={
            <Button variant="default" onClick={syncNow} autoFocus>
              {t('firstSync.again')}
            </Button>
          }
        >
          {t('firstSync.bySelf')}
        </Notice>
      </div>
    );
  }
  const part =
    progress === null || progress.head === 0 ? 0 : Math.round((100 * progress.cursor) / progress.head);
  return (
    <div className={classes.waiting} role="status">
      <h1 className={classes.title}>{t('firstSync.title')}</h1>
      <div>{t('firstSync.coming')}</div>
      <Progress
        value={Math.max(part, 4)}
        size="lg"
        aria-label={t('firstSync.coming')}
        transitionDuration={0}
      />
    </div>
  );
}
