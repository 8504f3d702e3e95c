import { ActionIcon, Button } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { type ReactElement, useEffect, useRef } from 'react';
import type { Answers } from '#model/answer';
import { rowCount, visibleRowFields } from '#model/form';
import type { GroupField, Service } from '#model/service';
import { useTranslate } from '../../i18n/use-translate.tsx';
import { useAnswerForm, useFormPart } from './answer-form.ts';
import classes from './field-grid.module.css';
import { ProblemLine } from './field-words.tsx';
import { PlainFieldInput, spanOf } from './plain-field-input.tsx';
import { problemText } from './problem-text.ts';
import { withoutRow } from './without-row.ts';

/** A group that repeats: its rows, one more, one less. */
export function GroupRows({ service, group }: { service: Service; group: GroupField }): ReactElement {
  const { t, language } = useTranslate();
  const { change } = useAnswerForm();
  const path = `form.${group.key}`;
  const rows = useFormPart(({ answers }) => rowsShown(group, answers));
  const shown = useFormPart(({ answers }) => shownKeys(service, group, answers)).split('\n');
  const said = useFormPart(({ answers, problemAt, country }) => {
    const problem = problemAt(path);
    return problem === undefined ? null : problemText(problem, { answers, country, t, language });
  });
  const label = group.label[language];
  const addButton = useRef<HTMLButtonElement>(null);
  const isRemoving = useRef(false);
  // Where all rows were taken, the button comes back only now.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus moves when a row has gone
  useEffect(() => {
    if (isRemoving.current) addButton.current?.focus();
    isRemoving.current = false;
  }, [rows]);
  const remove = (row: number): void => {
    isRemoving.current = true;
    change((now) => withoutRow(now, path, row));
  };
  const add = (now: Answers): Answers => ({ ...now, [`${path}.${rows}.${group.fields[0]?.key}`]: null });
  return (
    <fieldset className={classes.part}>
      <legend className={classes.legend}>{label}</legend>
      {group.help !== undefined && <p className={classes.help}>{group.help[language]}</p>}
      <div className={classes.rows}>
        {Array.from({ length: rows }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place, in the answers too
          <div key={row} className={classes.row}>
            <div className={classes.rowHead}>
              <span>
                {label} {row + 1}
              </span>
              {rows > group.minRows && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t('group.remove', { label, row: row + 1 })}
                  onClick={() => remove(row)}
                >
                  <IconTrash size={18} aria-hidden />
                </ActionIcon>
              )}
            </div>
            <div className={classes.grid}>
              {group.fields
                .filter((field) => shown[row]?.split(' ').includes(field.key))
                .map((field) => (
                  <div key={field.key} data-span={spanOf(field)}>
                    <PlainFieldInput field={field} path={`${path}.${row}.${field.key}`} />
                  </div>
                ))}
            </div>
          </div>
        ))}
        {said !== null && <ProblemLine severity="wall">{said}</ProblemLine>}
        {rows < group.maxRows && (
          <div>
            <Button
              ref={addButton}
              variant="default"
              leftSection={<IconPlus size={18} aria-hidden />}
              data-path={path}
              onClick={() => change(add)}
            >
              {t('group.add', { label })}
            </Button>
          </div>
        )}
      </div>
    </fieldset>
  );
}

function rowsShown(group: GroupField, answers: Answers): number {
  return Math.max(rowCount(answers, group.key), group.minRows, group.required ? 1 : 0);
}

/** The keys to be shown, a line for each row. */
function shownKeys(service: Service, group: GroupField, answers: Answers): string {
  const rows = Array.from({ length: rowsShown(group, answers) }, (_, row) =>
    visibleRowFields(service, group, { row, answers }),
  );
  return rows.map((fields) => fields.map((it) => it.key).join(' ')).join('\n');
}
