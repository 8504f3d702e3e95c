import { Button } from '@mantine/core';
import { type ReactElement, type SubmitEvent, useEffect, useRef, useState } from 'react';
import { type Answers, isSameAnswer } from '#model/answer';
import type { Case } from '#model/case';
import { localDate } from '#model/deadline';
import { checkAnswers, checkApplicant } from '#model/form';
import { AnswerFormContext } from '../../components/fields/answer-form.ts';
import { useLiveForm } from '../../components/fields/use-live-form.ts';
import { useCentre, useReference } from '../../data/use-catalogue.ts';
import { AnswerInput } from './answer-input.tsx';
import classes from './case-screen.module.css';
import { tidyAnswers } from './tidy-answers.ts';
import type { CaseWords } from './use-case-words.ts';

type Props = {
  it: Case;
  path: string;
  words: CaseWords;
  busy: boolean;
  onSave(set: Answers, was: Answers): void;
  onCancel(): void;
};

/** One answer being put right in its place. Enter keeps it, Esc leaves it as it was. */
export function AnswerEditor({ it, path, words, busy, onSave, onCancel }: Props): ReactElement {
  const { t, service, now, utcOffsetMinutes } = words;
  const [answers, setAnswers] = useState(it.answers);
  const [left, setLeft] = useState(false);
  const box = useRef<HTMLFormElement>(null);
  const places = useReference('place') ?? [];
  const country = useCentre()?.country ?? 'UZ';
  const today = localDate(now, utcOffsetMinutes);
  useEffect(() => {
    box.current?.querySelector<HTMLElement>('input, textarea, select')?.focus();
  }, []);

  const problems = path.startsWith('applicant.')
    ? checkApplicant(answers, today)
    : service
      ? checkAnswers(service, answers, today)
      : [];
  // Only what was touched here is judged here: an old gap elsewhere must not stop a correction.
  const changed = changedAnswers(it.answers, answers);
  const hasWall = problems.some((problem) => problem.severity === 'wall' && problem.path in changed.set);

  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setLeft(true);
    if (hasWall) return;
    // Enter comes before the field is left, and it is on leaving that a field tidies what was typed.
    const tidied = changedAnswers(it.answers, tidyAnswers(answers));
    if (Object.keys(tidied.set).length === 0) onCancel();
    else onSave(tidied.set, tidied.was);
  };

  const form = useLiveForm(
    {
      answers,
      problemAt: (at) => (left ? problems.find((problem) => problem.path === at) : undefined),
      today,
      country,
      places,
    },
    { change: setAnswers, leave: () => setLeft(true) },
  );
  return (
    <form
      ref={box}
      className={classes.editor}
      noValidate
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        onCancel();
      }}
    >
      <AnswerFormContext value={form}>
        <AnswerInput path={path} words={words} />
      </AnswerFormContext>
      <div className={classes.editorButtons}>
        <Button type="submit" size="xs" loading={busy}>
          {t('case.edit.save')}
        </Button>
        <Button size="xs" variant="default" onClick={onCancel}>
          {t('dialog.cancel')}
        </Button>
      </div>
    </form>
  );
}

function changedAnswers(before: Answers, after: Answers): { set: Answers; was: Answers } {
  const paths = Object.keys(after).filter((path) => !isSameAnswer(before[path], after[path]));
  return {
    set: Object.fromEntries(paths.map((path) => [path, after[path] ?? null])),
    was: Object.fromEntries(paths.map((path) => [path, before[path] ?? null])),
  };
}
