import { Title } from '@mantine/core';
import { type ReactElement, type ReactNode, useId } from 'react';
import classes from './panel.module.css';

/** A piece of paper on the ground: a titled part of a screen. */
export function Panel(props: {
  title?: ReactNode;
  aside?: ReactNode;
  id?: string;
  children: ReactNode;
}): ReactElement {
  const labelId = useId();
  return (
    <section
      className={classes.panel}
      id={props.id}
      aria-labelledby={props.title === undefined ? undefined : labelId}
    >
      {props.title !== undefined && (
        <div className={classes.head}>
          <Title order={2} size="h3" id={labelId}>
            {props.title}
          </Title>
          {props.aside !== undefined && <div className={classes.aside}>{props.aside}</div>}
        </div>
      )}
      {props.children}
    </section>
  );
}
