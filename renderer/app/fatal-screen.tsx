import { Button, Loader } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import type { ReactElement } from 'react';
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
