import { Button, Loader } from '@mantine/core';
import { IconFileAlert, IconPlugConnectedX } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import { EmptyState } from '../components/empty-state.tsx';
import { useTranslate } from '../i18n/use-translate.tsx';
import classes from './fatal-screen.module.css';

/** The window cannot be used: says what is safe and what to do. */
export function FatalScreen({ reason }: { reason: 'no-session' | 'failed' }): ReactElement {
  const { t } = useTranslate();
  const words = reason === 'no-session' ? 'noSession' : 'failed';
  return (
    <main className={classes.whole}>
      <div className={classes.sheet} role="alert">
        <IconPlugConnectedX size={36} stroke={1.5} aria-hidden />
        <h1 className={classes.title}>{t(`app.${words}.title`)}</h1>
        <p className={classes.next}>{t(`app.${words}.next`)}</p>
        {reason === 'failed' && (
          <Button onClick={() => window.location.reload()} autoFocus>
            {t('app.retry')}
          </Button>
        )}
      </div>
    </main>
  );
}

/** One screen failed: the frame around it still works. */
export function FailedScreen(): ReactElement {
  const { t } = useTranslate();
  return (
    <div role="alert">
      <EmptyState icon={IconFileAlert} title={t('app.screenFailed.title')}>
        <p>{t('app.failed.next')}</p>
        <Button onClick={() => window.location.reload()}>{t('app.retry')}</Button>
      </EmptyState>
    </div>
  );
}

export function OpeningScreen(): ReactElement {
  const { t } = useTranslate();
  return (
    <main className={classes.whole}>
      <div className={classes.opening} role="status">
        <Loader size="sm" type="dots" />
        {t('app.opening')}
      </div>
    </main>
  );
}
