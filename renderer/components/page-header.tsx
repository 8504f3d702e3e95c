import { Title } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import classes from './page-header.module.css';

/** The head of a screen: what it is, one line more, and what can be done. */
export function PageHeader(props: {
  title: ReactNode;
  below?: ReactNode;
  children?: ReactNode;
}): ReactElement {
  return (
    <header className={classes.head}>
      <div className={classes.words}>
        <Title order={1} size="h2">
          {props.title}
        </Title>
        {props.below !== undefined && <div className={classes.below}>{props.below}</div>}
      </div>
      {props.children !== undefined && <div className={classes.actions}>{props.children}</div>}
    </header>
  );
}
