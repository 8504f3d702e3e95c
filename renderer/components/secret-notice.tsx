import type { ReactElement } from 'react';
import { formatDuration } from '../i18n/format-duration.ts';
import { useTranslate } from '../i18n/use-translate.tsx';
import { Notice } from './notice.tsx';

const MINUTE_MS = 60_000;

type Refused = { outcome: string; left?: number };

/** Why a PIN or a password opened nothing, and how long to wait. */
export function SecretNotice(props: { refused: Refused | undefined; waitMs: number }): ReactElement | null {
  const { t, language } = useTranslate();
  const { refused, waitMs } = props;
  if (waitMs > 0) {
    return (
      <Notice tone="bad" title={t('signIn.locked', { time: shortTime(waitMs) })}>
        {t('signIn.locked.next')}
      </Notice>
    );
  }
  switch (refused?.outcome) {
    case 'wrong':
      return (
        <Notice tone="bad" title={t('signIn.wrong')}>
          {t('signIn.left', { count: refused.left ?? 0 })}
        </Notice>
      );
    case 'unknown':
    case 'disk-full':
    case 'disk-failed':
    case 'same-person':
      return (
        <Notice tone="bad" title={t(`signIn.${refused.outcome}`)}>
          {t(`signIn.${refused.outcome}.next`)}
        </Notice>
      );
    default:
      return null;
  }

  function shortTime(ms: number): string {
    if (ms >= MINUTE_MS) return formatDuration(language, ms + MINUTE_MS - 1);
    return t('signIn.seconds', { count: Math.ceil(ms / 1_000) });
  }
}
