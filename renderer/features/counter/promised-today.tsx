import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { localDate } from '#model/deadline';
import { applicantShortName } from '../../components/applicant-name.ts';
import { Panel } from '../../components/panel.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { useCases } from '../../data/use-case.ts';
import { useServices, useUtcOffset } from '../../data/use-catalogue.ts';
import { useNow } from '../../data/use-now.ts';
import { formatTime } from '../../i18n/format.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';
import classes from './counter-screen.module.css';

const SHOWN = 8;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Results promised for today: somebody will come and ask for them. */
export function PromisedToday(): ReactElement {
  const { t, language } = useTranslate();
  const now = useNow(MINUTE_MS);
  const minute = now - (now % MINUTE_MS);
  const utcOffsetMinutes = useUtcOffset();
  const services = useServices();
  const from = Date.parse(localDate(now, utcOffsetMinutes)) - utcOffsetMinutes * MINUTE_MS;
  const list = useCases({
    filter: 'open',
    sort: 'due',
    due: { from, below: from + DAY_MS },
    limit: SHOWN,
    now: minute,
  });
  const { rows, total } = list ?? { rows: [], total: 0 };

  return (
    <Panel title={t('promised.title')} aside={total > 0 ? total : undefined}>
      {rows.length === 0 && <div className={classes.itemMore}>{t('promised.none')}</div>}
      <ul className={classes.items}>
        {rows.map(({ case: it }) => (
          <li key={it.id} className={classes.item}>
            <div className={classes.itemWords}>
              <Link to="/cases/$caseId" params={{ caseId: it.id }} className={classes.itemName}>
                {applicantShortName(it.answers) || it.number}
              </Link>
              <div className={classes.itemMore}>
                {services?.find((one) => one.code === it.serviceCode)?.name[language] ?? it.serviceCode}
              </div>
              <div className={classes.itemMore}>
                <StatusBadge status={it.status} /> · {formatTime(language, it.dueAt, utcOffsetMinutes)}
              </div>
            </div>
          </li>
        ))}
      </ul>
      {total > rows.length && (
        <Link to="/cases" className={classes.itemMore}>
          {t('promised.all', { count: total })}
        </Link>
      )}
    </Panel>
  );
}
