import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Answer, Answers } from '#model/answer';
import type { Problem } from '#model/form';
import type { Place } from '#model/reference';

/** The answers of a form as they stand, and what its fields need to know of the world. */
export type FormState = {
  answers: Answers;
  /** What is to be said at a field now; a field somebody is still to come to has nothing to say. */
  problemAt(path: string): Problem | undefined;
  /** ISO date at the centre. */
  today: string;
  country: 'UZ' | 'GE';
  places: readonly Place[];
};

/** A form in hand. It stays the same object: a field renders again only when what it chose has changed. */
export type AnswerForm = {
  now(): FormState;
  subscribe(listener: () => void): () => void;
  /** Changes answers from what they are at that moment; kept with every call. */
  change(edit: (now: Answers) => Answers): void;
  /** The clerk has left this field. */
  leave(path: string): void;
};

export const AnswerFormContext = createContext<AnswerForm | null>(null);

export function useAnswerForm(): AnswerForm {
  const form = useContext(AnswerFormContext);
  if (form === null) throw new Error('a field outside a form');
  return form;
}

/** A part of the form's state; `choose` gives a plain value or something that is kept as it is. */
export function useFormPart<T>(choose: (state: FormState) => T): T {
  const form = useAnswerForm();
  return useSyncExternalStore(form.subscribe, () => choose(form.now()));
}

/** One field of the form: what stands there and how to change it. */
export function useField(path: string): {
  answer: Answer | undefined;
  set(value: Answer): void;
  leave(): void;
} {
  const form = useAnswerForm();
  const answer = useFormPart((it) => it.answers[path]);
  return {
    answer,
    set: (value) => form.change((now) => ({ ...now, [path]: value })),
    leave: () => form.leave(path),
  };
}

/** The answer as text for an input; what is no text there is shown as nothing. */
export function textOf(answer: Answer | undefined): string {
  return typeof answer === 'string' ? answer : typeof answer === 'number' ? String(answer) : '';
}
