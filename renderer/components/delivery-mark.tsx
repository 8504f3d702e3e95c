import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconClockUp,
  IconCloudUp,
} from '@tabler/icons-react';
import type { ReactElement } from 'react';
import { useTranslate } from '../i18n/use-translate.tsx';
import { IconLine } from './icon-line.tsx';
import { recordReason } from './record-reason.ts';

type Delivery =
  | { state: 'waiting'; events: number; since: number; sending: boolean }
  | { state: 'sent' }
  | { state: 'attention' | 'refused'; code: string };

/** Whether the centre has confirmed all of it; nothing but its receipts turns this green. */
export function DeliveryMark({ delivery }: { delivery: Delivery }): ReactElement {
  const { t } = useTranslate();
  switch (delivery.state) {
    case 'waiting':
      return (
        <IconLine
          icon={delivery.sending ? IconCloudUp : IconClockUp}
          tone="attention"
          title={t('delivery.waiting.more', { count: delivery.events })}
        >
          {t(delivery.sending ? 'delivery.sending' : 'delivery.waiting')}
        </IconLine>
      );
    case 'refused':
      return (
        <IconLine icon={IconCircleX} tone="bad" title={recordReason(t, delivery.code)}>
          {t('delivery.refused')}
        </IconLine>
      );
    case 'attention':
      return (
        <IconLine icon={IconAlertTriangle} tone="bad" title={recordReason(t, delivery.code)}>
          {t('delivery.attention')}
        </IconLine>
      );
    case 'sent':
      return (
        <IconLine icon={IconCircleCheck} tone="good" title={t('delivery.sent.more')}>
          {t('delivery.sent')}
        </IconLine>
      );
  }
}
