import type { IconX } from '@tabler/icons-react';
import type { ReactElement, ReactNode } from 'react';
import classes from './empty-state.module.css';

/** Nothing to list: says what would stand here and, where there is one, the next step. */
export function EmptyState(props: {
  icon?: typeof IconX;
  title: ReactNode;
  children?: ReactNode;
}): ReactElement {
  const Icon = props.icon;
  return (
    <div className={classes.empty}>
      {Icon !== undefined && <Icon size={30} stroke={1.5} aria-hidden />}
      <p className={classes.title}>{props.title}</p>
      {props.children !== undefined && <div className={classes.more}>{props.children}</div>}
    </div>
  );
}
