import { Button, Textarea } from '@mantine/core';
import type { KeyboardEvent, ReactElement } from 'react';
import { flushSync } from 'react-dom';
import type { Case } from '#model/case';
import { newId } from '#model/new-id';
import { KeyHint } from '../../components/key-hint.tsx';
import { Panel } from '../../components/panel.tsx';
import { useMe } from '../../data/desk.ts';
import { useKeptText } from '../../data/use-kept-text.ts';
import { type Save, useOnce } from '../../data/use-save.ts';
import { formatDateTime } from '../../i18n/format.ts';
import classes from './case-screen.module.css';
import { noteLeft } from './note-left.ts';
import type { CaseWords } from './use-case-words.ts';

const MOST_LETTERS = 4_000;

/** What the people of the centre tell one another about a case; the applicant does not see it. */
export function CaseNotes(props: {
  it: Case;
  words: CaseWords;
  saving: Save;
  mayAdd: boolean;
}): ReactElement {
  const { it, words, saving, mayAdd } = props;
  const { t, language, utcOffsetMinutes, staffName } = words;
  return (
    <Panel title={t('case.notes')} aside={t('case.notes.more')}>
      <ul className={classes.list}>
        {it.notes.map((note) => (
          <li key={note.id} className={classes.item}>
            <div style={{ whiteSpace: 'pre-wrap' }}>{note.text}</div>
            <div className={classes.quiet}>
              {staffName(note.by)} · {formatDateTime(language, note.at, utcOffsetMinutes)}
            </div>
          </li>
        ))}
      </ul>
      {mayAdd && <NewNote caseId={it.id} words={words} saving={saving} />}
    </Panel>
  );
}

/** A note being written: whose it is, it stays theirs until they record it, whoever signs in between. */
function NewNote({
  caseId,
  words,
  saving,
}: {
  caseId: string;
  words: CaseWords;
  saving: Save;
}): ReactElement {
  const { t } = words;
  const me = useMe();
  const { text, isRead, isKept, change } = useKeptText(`note:${caseId}:${me.id}`);
  const once = useOnce();
  const add = async (): Promise<void> => {
    const trimmed = text.trim();
    if (trimmed === '') return;
    const isSaved = await saving.save({ type: 'note.added', body: { id: newId(), text: trimmed } });
    // At once: a letter typed before the field is drawn anew would bring back what was in it.
    if (isSaved) flushSync(() => change((now) => noteLeft(now.trimStart(), trimmed)));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !event.ctrlKey) return;
    event.preventDefault();
    if (!event.repeat) once(add);
  };
  return (
    <>
      <Textarea
        mt="xs"
        aria-label={t('case.notes.text')}
        placeholder={t('case.notes.text')}
        data-grows
        maxLength={MOST_LETTERS}
        readOnly={!isRead}
        value={text}
        onChange={(event) => {
          const { value } = event.currentTarget;
          change(() => value);
        }}
        onKeyDown={onKeyDown}
        error={isKept ? undefined : t('save.disk-failed')}
      />
      <Button
        mt="xs"
        size="xs"
        variant="default"
        disabled={text.trim() === ''}
        loading={saving.isSlow}
        rightSection={<KeyHint keys="Ctrl+Enter" />}
        onClick={() => once(add)}
      >
        {t('case.notes.add')}
      </Button>
    </>
  );
}
