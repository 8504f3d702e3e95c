import {
  IconAlertTriangle,
  IconCircleCheck,
  IconExclamationCircle,
  IconInfoCircle,
} from '@tabler/icons-react';
import type { ReactElement, ReactNode } from 'react';
import classes from './notice.module.css';

const ICONS = {
  info: IconInfoCircle,
  good: IconCircleCheck,
  attention: IconAlertTriangle,
  bad: IconExclamationCircle,
} as const;

/** What happened, what is safe, what next. `bad` is read aloud at once, the others when the reader is free. */
export function Notice(props: {
  tone: keyof typeof ICONS;
  title?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
}): ReactElement {
  const Icon = ICONS[props.tone];
  return (
    <div className={classes.notice} data-tone={props.tone} role={props.tone === 'bad' ? 'alert' : 'status'}>
      <Icon className={classes.icon} size={20} stroke={2} aria-hidden />
      <div className={classes.words}>
        {props.title !== undefined && <div className={classes.title}>{props.title}</div>}
        {props.children}
      </div>
      {props.actions !== undefined && <div className={classes.actions}>{props.actions}</div>}
    </div>
  );
}
