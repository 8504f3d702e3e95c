import { Button } from '@mantine/core';
import { type ReactElement, type SubmitEvent, useEffect, useRef, useState } from 'react';
import type { Answers } from '#model/answer';
import type { Case } from '#model/case';
import { localDate } from '#model/deadline';
import { checkAnswers, checkApplicant } from '#model/form';
import { AnswerFormContext } from '../../components/fields/answer-form.ts';
import { useLiveForm } from '../../components/fields/use-live-form.ts';
import { useCentre, useReference } from '../../data/use-catalogue.ts';
import { AnswerInput } from './answer-input.tsx';
import classes from './case-screen.module.css';
import { type Correction, correctionOf } from './correction-of.ts';
import type { CaseWords } from './use-case-words.ts';

type Props = {
  it: Case;
  path: string;
  words: CaseWords;
  busy: boolean;
  onSave(correction: Correction): void;
  onCancel(): void;
};

/** One answer being put right in its place. Enter keeps it, Esc leaves it as it was. */
export function AnswerEditor({ it, path, words, busy, onSave, onCancel }: Props): ReactElement {
  const { t, service, now, utcOffsetMinutes } = words;
  const [before] = useState(it.answers);
  const [answers, setAnswers] = useState<Answers>(before);
  const [left, setLeft] = useState(false);
  const box = useRef<HTMLFormElement>(null);
  const isListOpen = useRef(false);
  const places = useReference('place') ?? [];
  const country = useCentre()?.country ?? 'UZ';
  const today = localDate(now, utcOffsetMinutes);
  useEffect(() => {
    // Of an address all parts are there: the one that was chosen has the focus.
    const input =
      box.current?.querySelector<HTMLElement>(`[data-path="${CSS.escape(path)}"]`) ??
      box.current?.querySelector<HTMLElement>('input, textarea, select');
    input?.focus();
  }, [path]);

  const problems = path.startsWith('applicant.')
    ? checkApplicant(answers, today)
    : service
      ? checkAnswers(service, answers, today)
      : [];
  // Only what was touched here is judged here: an old gap elsewhere must not stop a correction.
  const correction = correctionOf(before, answers, { country, service });
  const hasWall = problems.some((problem) => problem.severity === 'wall' && problem.path in correction.set);

  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setLeft(true);
    if (hasWall) return;
    if (Object.keys(correction.set).length === 0) onCancel();
    else onSave(correction);
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
      // Asked on the way down: on the way up the list may be closed already.
      onKeyDownCapture={(event) => {
        isListOpen.current = hasOpenList(event.target);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented || isListOpen.current) return;
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

/** Whether a key belongs to the list that hangs open at its field. */
function hasOpenList(target: EventTarget): boolean {
  return target instanceof Element && target.closest('[aria-expanded="true"], [data-expanded]') !== null;
}
