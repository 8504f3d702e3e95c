import { ActionIcon } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { type ReactElement, useState } from 'react';
import type { Answers } from '#model/answer';
import type { Case } from '#model/case';
import { standingAuthor } from '#model/project-conflicts';
import { Panel } from '../../components/panel.tsx';
import { formatDateTime } from '../../i18n/format.ts';
import { AnswerEditor } from './answer-editor.tsx';
import classes from './case-screen.module.css';
import { shownPaths } from './shown-paths.ts';
import type { CaseWords } from './use-case-words.ts';
import type { Save } from './use-save.ts';

type Props = { it: Case; words: CaseWords; saving: Save; mayEdit: boolean };

/** What was answered, group by group; each answer can be put right where it stands. */
export function CaseAnswers(props: Props): ReactElement {
  const { it, words } = props;
  const { t } = words;
  const paths = shownPaths(words.service, it.answers);
  return (
    <>
      <Panel title={t('case.applicant')}>
        <AnswerGroup {...props} paths={paths.applicant} />
      </Panel>
      {paths.representative.length > 0 && (
        <Panel title={t('field.representative')}>
          <AnswerGroup {...props} paths={paths.representative} />
        </Panel>
      )}
      {paths.form.length > 0 && (
        <Panel title={t('case.form')}>
          <AnswerGroup {...props} paths={paths.form} />
        </Panel>
      )}
    </>
  );
}

function AnswerGroup({ paths, ...props }: Props & { paths: readonly string[] }): ReactElement {
  const [editing, setEditing] = useState<string>();
  return (
    <dl className={classes.answers}>
      {paths.map((path) => (
        <AnswerRow
          key={path}
          {...props}
          path={path}
          editing={editing === path}
          onEdit={(on) => setEditing(on ? path : undefined)}
        />
      ))}
    </dl>
  );
}

type RowProps = Props & { path: string; editing: boolean; onEdit(on: boolean): void };

function AnswerRow({ it, words, saving, mayEdit, path, editing, onEdit }: RowProps): ReactElement {
  const { t, language, reader, staffName, utcOffsetMinutes } = words;
  const label = reader.label(path);
  const author = Object.hasOwn(it.answers, path) ? standingAuthor(it, path) : undefined;
  const keep = async (set: Answers, was: Answers): Promise<void> => {
    if (await saving.save({ type: 'field.set', body: { set, was } })) onEdit(false);
  };
  return (
    <div className={classes.answer} data-editing={editing || undefined}>
      <dt>{label}</dt>
      <dd
        title={
          author === undefined
            ? undefined
            : t('conflicts.author', {
                name: staffName(author.by),
                at: formatDateTime(language, author.at, utcOffsetMinutes),
              })
        }
      >
        {editing ? (
          <AnswerEditor
            it={it}
            path={path}
            words={words}
            busy={saving.saving}
            onCancel={() => onEdit(false)}
            onSave={(set, was) => void keep(set, was)}
          />
        ) : (
          <>
            <span>{reader.text(path, it.answers[path])}</span>
            {mayEdit && (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('case.edit', { field: label })}
                onClick={() => onEdit(true)}
              >
                <IconPencil size={16} aria-hidden />
              </ActionIcon>
            )}
          </>
        )}
      </dd>
    </div>
  );
}
