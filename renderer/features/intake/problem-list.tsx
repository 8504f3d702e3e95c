import { type ReactElement, useEffect, useRef } from 'react';
import type { Answers } from '#model/answer';
import type { Problem } from '#model/form';
import type { Service } from '#model/service';
import { createFieldReader } from '../../components/field-reader.ts';
import { useFormPart } from '../../components/fields/answer-form.ts';
import { problemText } from '../../components/fields/problem-text.ts';
import { Notice } from '../../components/notice.tsx';
import { useTranslate } from '../../i18n/use-translate.tsx';
import { focusField } from './focus-field.ts';
import classes from './intake.module.css';
import { CONSENTED, DECLARED } from './use-intake.ts';

type Props = { problems: readonly Problem[]; answers: Answers; service: Service; tries: number };

/** What stands in the way of F9, each a way to its field. Takes the focus at every try. */
export function ProblemList({ problems, answers, service, tries }: Props): ReactElement {
  const { t, language } = useTranslate();
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every try moves the focus here anew
  useEffect(() => {
    list.current?.querySelector('button')?.focus();
    list.current?.scrollIntoView({ block: 'center' });
  }, [tries]);
  const country = useFormPart((it) => it.country);
  const reader = createFieldReader({ service, places: [], language, t });
  const labelOf = (path: string): string => {
    if (path === DECLARED) return t('section.declaration');
    if (path === CONSENTED) return t('consent.title');
    const group = service.form.find((it) => it.kind === 'group' && path === `form.${it.key}`);
    return group?.label[language] ?? reader.label(path);
  };
  return (
    <div ref={list}>
      <Notice tone="bad" title={t('finish.walls', { count: problems.length })}>
        <ul className={classes.problems}>
          {problems.map((it) => (
            <li key={`${it.path} ${it.code}`}>
              <button type="button" className={classes.jump} onClick={() => focusField(it.path)}>
                {labelOf(it.path)}
              </button>
              : {problemText(it, { answers, country, t, language })}
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}
