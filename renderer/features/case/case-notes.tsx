import { Button, Textarea } from '@mantine/core';
import { type ReactElement, useState } from 'react';
import type { Case } from '#model/case';
import { newId } from '#model/new-id';
import { KeyHint } from '../../components/key-hint.tsx';
import { Panel } from '../../components/panel.tsx';
import { formatDateTime } from '../../i18n/format.ts';
import classes from './case-screen.module.css';
import type { CaseWords } from './use-case-words.ts';
import type { Save } from './use-save.ts';

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
  const [text, setText] = useState('');
  const add = async (): Promise<void> => {
    const trimmed = text.trim();
    if (trimmed === '') return;
    if (await saving.save({ type: 'note.added', body: { id: newId(), text: trimmed } })) setText('');
  };
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
      {mayAdd && (
        <>
          <Textarea
            mt="xs"
            aria-label={t('case.notes.text')}
            placeholder={t('case.notes.text')}
            autosize
            minRows={2}
            maxRows={8}
            maxLength={MOST_LETTERS}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || !event.ctrlKey) return;
              event.preventDefault();
              void add();
            }}
          />
          <Button
            mt="xs"
            size="xs"
            variant="default"
            disabled={text.trim() === ''}
            loading={saving.saving}
            rightSection={<KeyHint keys="Ctrl+Enter" />}
            onClick={() => void add()}
          >
            {t('case.notes.add')}
          </Button>
        </>
      )}
    </Panel>
  );
}
