import type { ReactElement } from 'react';
import classes from './key-hint.module.css';

/** The key that does the same, beside a button's words. Not read aloud: the words are. */
export function KeyHint({ keys }: { keys: string }): ReactElement {
  return (
    <kbd className={classes.key} aria-hidden>
      {keys}
    </kbd>
  );
}
