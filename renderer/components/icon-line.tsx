import type { IconX } from '@tabler/icons-react';
import type { ReactElement, ReactNode } from 'react';
import classes from './icon-line.module.css';

export type Tone = 'good' | 'info' | 'attention' | 'bad' | 'quiet';
export type LineIcon = typeof IconX;

/** A coloured sign and the words that say the same; the colour alone says nothing. */
export function IconLine(props: {
  icon: LineIcon;
  tone: Tone;
  title?: string | undefined;
  children: ReactNode;
}): ReactElement {
  const Icon = props.icon;
  return (
    <span className={classes.line} title={props.title}>
      <Icon className={classes[props.tone]} size={18} stroke={2} aria-hidden />
      <span className={classes.words}>{props.children}</span>
    </span>
  );
}
