import {
  IconAlertTriangle,
  IconCircleCheck,
  IconClockExclamation,
  IconPlugOff,
  IconQuestionMark,
} from '@tabler/icons-react';
import type { ReactElement } from 'react';
import type { DeskHealth } from '#model/reports/sync-report';
import { IconLine, type LineIcon, type Tone } from '../../components/icon-line.tsx';
import { useTranslate } from '../../i18n/use-translate.tsx';

const LOOKS: Record<DeskHealth, { icon: LineIcon; tone: Tone }> = {
  failing: { icon: IconAlertTriangle, tone: 'bad' },
  never: { icon: IconQuestionMark, tone: 'quiet' },
  silent: { icon: IconPlugOff, tone: 'bad' },
  late: { icon: IconClockExclamation, tone: 'attention' },
  ok: { icon: IconCircleCheck, tone: 'good' },
};

/** Worst first, as the report has them. */
export const HEALTHS: readonly DeskHealth[] = ['failing', 'never', 'silent', 'late', 'ok'];

export function HealthMark({ health }: { health: DeskHealth }): ReactElement {
  const { t } = useTranslate();
  const { icon, tone } = LOOKS[health];
  return (
    <IconLine icon={icon} tone={tone}>
      {t(`report.health.${health}`)}
    </IconLine>
  );
}
