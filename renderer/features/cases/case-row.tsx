import { Link } from '@tanstack/react-router';
import type { KeyboardEvent, ReactElement } from 'react';
import { applicantShortName } from '../../components/applicant-name.ts';
import { DeadlineText } from '../../components/deadline-text.tsx';
import { DeliveryMark } from '../../components/delivery-mark.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import type { CaseView } from '../../data/use-case.ts';
import classes from './case-table.module.css';

type Props = {
  view: CaseView;
  index: number;
  total: number;
  top: number;
  active: boolean;
  now: number;
  utcOffsetMinutes: number;
  serviceName: string;
  onKeyDown(event: KeyboardEvent): void;
  onFocus(index: number): void;
};

/** One case of the list: a link that says all of it. */
export function CaseRow(props: Props): ReactElement {
  const { case: it, delivery } = props.view;
  return (
    <li
      className={classes.place}
      style={{ transform: `translateY(${props.top}px)` }}
      aria-setsize={props.total}
      aria-posinset={props.index + 1}
    >
      <Link
        to="/cases/$caseId"
        params={{ caseId: it.id } as never}
        className={`${classes.row} ${classes.case}`}
        data-row={props.index}
        tabIndex={props.active ? 0 : -1}
        onKeyDown={props.onKeyDown}
        onFocus={() => props.onFocus(props.index)}
      >
        <span>
          <span className={classes.number}>{it.number}</span>
          <span className={classes.applicant}>{applicantShortName(it.answers)}</span>
        </span>
        <span className={classes.service}>{props.serviceName}</span>
        <StatusBadge status={it.status} />
        <DeadlineText
          dueAt={it.dueAt}
          open={it.open}
          now={props.now}
          utcOffsetMinutes={props.utcOffsetMinutes}
          stacked
        />
        <DeliveryMark delivery={delivery} />
      </Link>
    </li>
  );
}
