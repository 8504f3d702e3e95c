import { useLayoutEffect, useRef, useState } from 'react';
import type { AnswerForm, FormState } from './answer-form.ts';

type Handlers = Pick<AnswerForm, 'change' | 'leave'>;

/** A form for the fields below, kept the same while the state it tells of is a new one at every key. */
export function useLiveForm(state: FormState, handlers: Handlers): AnswerForm {
  const latest = useRef({ state, handlers });
  const listeners = useRef(new Set<() => void>());
  const [form] = useState<AnswerForm>(() => ({
    now: () => latest.current.state,
    subscribe(listener) {
      listeners.current.add(listener);
      return () => listeners.current.delete(listener);
    },
    change: (edit) => latest.current.handlers.change(edit),
    leave: (path) => latest.current.handlers.leave(path),
  }));
  useLayoutEffect(() => {
    latest.current = { state, handlers };
    for (const listener of listeners.current) listener();
  });
  return form;
}
