import { ActionIcon } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { memo, type ReactElement, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Case } from '#model/case';
import { standingAuthor } from '#model/project-conflicts';
import { Panel } from '../../components/panel.tsx';
import type { Save } from '../../data/use-save.ts';
import { formatDateTime } from '../../i18n/format.ts';
import { AnswerEditor } from './answer-editor.tsx';
import classes from './case-screen.module.css';
import type { Correction } from './correction-of.ts';
import { shownPaths } from './shown-paths.ts';
import type { CaseWords } from './use-case-words.ts';

type Props = { it: Case; words: CaseWords; save: Save['save']; mayEdit: boolean };

/** What was answered, group by group; each answer can be put right where it stands. */
export const CaseAnswers = memo(function CaseAnswers(props: Props): ReactElement {
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
}, saysTheSame);

/** A note, a payment or a step leaves the answers as they are. */
function saysTheSame(before: Props, after: Props): boolean {
  const isSameCase = before.it.answers === after.it.answers && before.it.authors === after.it.authors;
  const { words, save, mayEdit } = after;
  return isSameCase && before.words === words && before.save === save && before.mayEdit === mayEdit;
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
          onEdit={() => setEditing(path)}
          onDone={() => setEditing((now) => (now === path ? undefined : now))}
        />
      ))}
    </dl>
  );
}

type RowProps = Props & { path: string; editing: boolean; onEdit(): void; onDone(): void };

function AnswerRow({ it, words, save, mayEdit, path, editing, onEdit, onDone }: RowProps): ReactElement {
  const { t, language, reader, staffName, utcOffsetMinutes } = words;
  const label = reader.label(path);
  const author = Object.hasOwn(it.answers, path) ? standingAuthor(it, path) : undefined;
  const pencil = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    flushSync(onDone);
    // Whoever has gone on to another field meanwhile stays there.
    if (document.activeElement === document.body) pencil.current?.focus();
  };
  const [busy, setBusy] = useState(false);
  const keep = async (correction: Correction): Promise<void> => {
    setBusy(true);
    const isSaved = await save({ type: 'field.set', body: correction }).finally(() => setBusy(false));
    if (isSaved) close();
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
            busy={busy}
            onCancel={close}
            onSave={(correction) => void keep(correction)}
          />
        ) : (
          <>
            <span>{reader.text(path, it.answers[path])}</span>
            {mayEdit && (
              <ActionIcon
                ref={pencil}
                variant="subtle"
                color="gray"
                aria-label={t('case.edit', { field: label })}
                onClick={onEdit}
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
