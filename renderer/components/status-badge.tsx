import {
  IconArrowBackUp,
  IconBan,
  IconCash,
  IconCircleCheck,
  IconFilePlus,
  IconPackage,
  IconProgress,
  IconX,
} from '@tabler/icons-react';
import type { ReactElement } from 'react';
import type { CaseStatus } from '#model/case-status';
import { useTranslate } from '../i18n/use-translate.tsx';
import { IconLine, type Tone } from './icon-line.tsx';

const LOOKS: Record<CaseStatus, { icon: typeof IconX; tone: Tone }> = {
  new: { icon: IconFilePlus, tone: 'info' },
  'awaiting-payment': { icon: IconCash, tone: 'attention' },
  'in-process': { icon: IconProgress, tone: 'info' },
  returned: { icon: IconArrowBackUp, tone: 'attention' },
  ready: { icon: IconPackage, tone: 'good' },
  issued: { icon: IconCircleCheck, tone: 'good' },
  refused: { icon: IconBan, tone: 'bad' },
  cancelled: { icon: IconX, tone: 'quiet' },
};

/** Where a case stands: a sign and its word. */
export function StatusBadge({ status }: { status: CaseStatus }): ReactElement {
  const { t } = useTranslate();
  const { icon, tone } = LOOKS[status];
  return (
    <IconLine icon={icon} tone={tone}>
      {t(`status.${status}`)}
    </IconLine>
  );
}
