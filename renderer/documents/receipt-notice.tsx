import type { ReactElement } from 'react';
import { Notice } from '../components/notice.tsx';
import { useTranslate } from '../i18n/use-translate.tsx';
import type { ReceiptState } from './use-receipt.ts';

/** What came of a receipt that was asked for; nothing while nobody asked. */
export function ReceiptNotice({
  state,
  number,
}: {
  state: ReceiptState;
  number: string;
}): ReactElement | null {
  const { t } = useTranslate();
  switch (state) {
    case 'idle':
    case 'making':
      return null;
    case 'failed':
      return (
        <Notice tone="bad" title={t('receipt.failed')}>
          {t('receipt.failed.next')}
        </Notice>
      );
    case 'at-printer':
      return <Notice tone="info">{t('receipt.atPrinter')}</Notice>;
    case 'saved':
      return <Notice tone="good">{t('receipt.saved', { name: `${number}.pdf` })}</Notice>;
  }
}
