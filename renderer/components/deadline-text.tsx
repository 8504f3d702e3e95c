import { IconAlarm, IconAlertCircle, IconCalendar } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import { NO_DUE_DATE } from '#model/case';
import { formatDate } from '../i18n/format.ts';
import { useTranslate } from '../i18n/use-translate.tsx';
import { IconLine } from './icon-line.tsx';
import { type TimeLeft, timeLeft } from './time-left.ts';

/** The promised day and, while something is still owed, what is left of the time or how late it is. */
export function DeadlineText(props: {
  dueAt: number;
  open: boolean;
  now: number;
  utcOffsetMinutes: number;
  /** What is left below the date, for lists. */
  stacked?: boolean;
}): ReactElement {
  const { t, language } = useTranslate();
  const { dueAt, open, now, utcOffsetMinutes, stacked = false } = props;
  if (dueAt === NO_DUE_DATE) {
    return (
      <IconLine icon={IconCalendar} tone="quiet">
        {t('due.none')}
      </IconLine>
    );
  }
  const date = formatDate(language, dueAt, utcOffsetMinutes);
  if (!open) {
    return (
      <IconLine icon={IconCalendar} tone="quiet">
        {date}
      </IconLine>
    );
  }
  const left = timeLeft(dueAt, now, utcOffsetMinutes);
  const { icon, tone } = lookOf(left);
  return (
    <IconLine icon={icon} tone={tone}>
      {date}
      {stacked ? <br /> : ' · '}
      {t(`due.${left.side}.${left.unit}`, { count: left.count })}
    </IconLine>
  );
}

function lookOf({ side, unit, count }: TimeLeft) {
  if (side === 'late') return { icon: IconAlertCircle, tone: 'bad' } as const;
  if (unit !== 'days' || count <= 1) return { icon: IconAlarm, tone: 'attention' } as const;
  return { icon: IconCalendar, tone: 'quiet' } as const;
}
