import { IconAlertTriangle, IconExclamationCircle } from '@tabler/icons-react';
import type { ReactElement, ReactNode } from 'react';
import { useTranslate } from '../../i18n/use-translate.tsx';
import { useFormPart } from './answer-form.ts';
import classes from './field-words.module.css';
import { problemText } from './problem-text.ts';

/** How a field is called and what is asked of it; the same for every kind of field. */
export type FieldWords = {
  path: string;
  label: string;
  help?: string | undefined;
  required?: boolean | undefined;
};

type WordsProps = {
  label: ReactNode;
  withAsterisk: boolean;
  description: ReactNode;
  error: ReactNode;
  inputWrapperOrder: ('label' | 'input' | 'description' | 'error')[];
};

/** The words around an input: label above; help, warning or fault below it. */
export function useFieldWords({ path, label, help, required = false }: FieldWords): WordsProps {
  const { t, language } = useTranslate();
  const severity = useFormPart((it) => it.problemAt(path)?.severity);
  const said = useFormPart(({ problemAt, answers, country }) => {
    const problem = problemAt(path);
    return problem === undefined ? null : problemText(problem, { answers, country, t, language });
  });
  const isWall = severity === 'wall';
  const note = said !== null && !isWall ? <ProblemLine severity="warning">{said}</ProblemLine> : help;
  return {
    label,
    withAsterisk: required,
    description: note ?? null,
    error: said !== null && isWall ? <ProblemLine severity="wall">{said}</ProblemLine> : null,
    inputWrapperOrder: ['label', 'input', 'description', 'error'],
  };
}

/** A fault or a warning, each with its own sign beside the words. */
export function ProblemLine(props: { severity: 'wall' | 'warning'; children: ReactNode }): ReactElement {
  const Icon = props.severity === 'wall' ? IconExclamationCircle : IconAlertTriangle;
  return (
    <span className={classes.line} data-severity={props.severity}>
      <Icon size={16} stroke={2} aria-hidden />
      <span>{props.children}</span>
    </span>
  );
}
