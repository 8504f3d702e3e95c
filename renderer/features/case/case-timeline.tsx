import { IconAlertTriangle, IconClockUp, IconCloudUp } from '@tabler/icons-react';
import { memo, type ReactElement } from 'react';
import { IconLine } from '../../components/icon-line.tsx';
import { Panel } from '../../components/panel.tsx';
import { recordReason } from '../../components/record-reason.ts';
import { useDesk } from '../../data/desk.ts';
import { type TimelineEntry, useTimeline } from '../../data/use-case.ts';
import { formatDateTime } from '../../i18n/format.ts';
import classes from './case-screen.module.css';
import { eventWords } from './event-words.ts';
import type { CaseWords } from './use-case-words.ts';

/** Everything that happened to a case, the latest first: who, when, where, what. */
export function CaseTimeline({ caseId, words }: { caseId: string; words: CaseWords }): ReactElement {
  const { t } = words;
  const entries = useTimeline(caseId);
  return (
    <Panel title={t('case.timeline')}>
      {entries === undefined && t('case.reading')}
      {entries?.length === 0 && t('case.timeline.none')}
      <ol className={classes.list}>
        {entries?.toReversed().map((entry) => (
          <TimelineRow key={entry.event.id} entry={entry} words={words} />
        ))}
      </ol>
    </Panel>
  );
}

type RowProps = { entry: TimelineEntry; words: CaseWords };

const TimelineRow = memo(function TimelineRow({ entry, words }: RowProps): ReactElement {
  const { t, language, utcOffsetMinutes, staffName } = words;
  const { identity } = useDesk();
  const { event, status } = entry;
  const said = eventWords(event, words);
  return (
    <li className={classes.item}>
      <div className={classes.spread}>
        <div>
          <div>{said.what}</div>
          {said.more.map((line) => (
            <div key={line} className={classes.more}>
              {line}
            </div>
          ))}
          <div className={classes.quiet}>
            {staffName(event.by)} · {formatDateTime(language, event.at, utcOffsetMinutes)} ·{' '}
            {event.device === identity.device ? t('case.here', { desk: identity.desk }) : t('case.elsewhere')}
          </div>
        </div>
        {(status === 'waiting' || status === 'sending') && (
          <span className={classes.mark}>
            <IconLine icon={status === 'sending' ? IconCloudUp : IconClockUp} tone="attention">
              {t(`delivery.${status}`)}
            </IconLine>
          </span>
        )}
      </div>
      {(status === 'review' || status === 'rejected') && (
        <IconLine icon={IconAlertTriangle} tone="bad">
          {recordReason(t, codeOf(entry))}
        </IconLine>
      )}
    </li>
  );
}, tellsTheSame);

/** What happened does not change; what the centre says of it may. */
function tellsTheSame(before: RowProps, after: RowProps): boolean {
  const isSame =
    before.entry.event.id === after.entry.event.id && codeOf(before.entry) === codeOf(after.entry);
  return isSame && before.entry.status === after.entry.status && before.words === after.words;
}

function codeOf({ event, status }: TimelineEntry): string {
  return ('code' in event ? event.code : undefined) ?? status;
}
