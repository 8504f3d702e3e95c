import { Button, Textarea } from '@mantine/core';
import { IconId } from '@tabler/icons-react';
import { type ReactElement, useState } from 'react';
import type { Answers } from '#model/answer';
import { type MrzOutcome, parseMrz } from '#model/identity/mrz';
import { useAnswerForm } from '../../components/fields/answer-form.ts';
import { Notice } from '../../components/notice.tsx';
import { formatIsoDate } from '../../i18n/format.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';
import classes from './intake.module.css';
import { mrzAnswers, withoutReading } from './mrz-answers.ts';
import { useScannedMrz } from './use-scanned-mrz.ts';

// The lines of a passport; those of a card are 90.
const WHOLE_LENGTH = 88;

type Shown = { outcome: MrzOutcome; before: Answers };

/** Fills the applicant from a document's lines, wherever on the page they arrive, and says what came of it. */
export function MrzBox(): ReactElement {
  const { t } = useTranslate();
  const { change, now } = useAnswerForm();
  const [opened, setOpened] = useState(false);
  const [shown, setShown] = useState<Shown>();

  const take = (text: string): void => {
    const { answers, today } = now();
    const outcome = parseMrz(text, today);
    setShown({ outcome, before: answers });
    if (outcome.outcome !== 'read') return;
    change((held) => ({ ...held, ...mrzAnswers(outcome) }));
    setOpened(false);
  };
  useScannedMrz(take);
  const undo = ({ outcome, before }: Shown): void => {
    if (outcome.outcome !== 'read') return;
    change((held) => withoutReading(held, { filled: mrzAnswers(outcome), before }));
  };

  return (
    <div className={classes.mrz}>
      {!opened && (
        <div className={classes.mrzHead}>
          <Button
            variant="light"
            leftSection={<IconId size={20} aria-hidden />}
            onClick={() => setOpened(true)}
          >
            {t('mrz.open')}
          </Button>
          <span className={classes.quiet}>{t('mrz.anywhere')}</span>
        </div>
      )}
      {opened && (
        <Textarea
          label={t('mrz.open')}
          description={t('mrz.help')}
          className={classes.mrzLines ?? ''}
          rows={3}
          autoFocus
          spellCheck={false}
          data-mrz-box=""
          onChange={(event) => {
            const text = event.currentTarget.value;
            const { answers, today } = now();
            const outcome = parseMrz(text, today);
            if (outcome.outcome === 'read') take(text);
            else if (text.length >= WHOLE_LENGTH) setShown({ outcome, before: answers });
          }}
          onBlur={(event) => {
            if (event.currentTarget.value.trim() === '') setOpened(false);
            else take(event.currentTarget.value);
          }}
        />
      )}
      {shown !== undefined && (
        <MrzResult
          shown={shown}
          onUndo={() => {
            undo(shown);
            setShown(undefined);
          }}
        />
      )}
    </div>
  );
}

function MrzResult({ shown, onUndo }: { shown: Shown; onUndo: () => void }): ReactElement {
  const { t } = useTranslate();
  const { outcome } = shown;
  if (outcome.outcome === 'read') {
    const filled = mrzAnswers(outcome);
    const who = `${filled['applicant.surname']} ${filled['applicant.givenName']}`;
    return (
      <Notice
        tone={outcome.corrected ? 'attention' : 'good'}
        title={t('mrz.read', { who, born: formatIsoDate(outcome.birthDate) })}
        actions={
          <Button variant="default" size="compact-sm" onClick={onUndo}>
            {t('mrz.undo')}
          </Button>
        }
      >
        {t(outcome.corrected ? 'mrz.corrected' : 'mrz.compare')}
      </Notice>
    );
  }
  const reason = outcome.field === undefined ? outcome.code : outcome.field;
  return (
    <Notice tone="bad" title={t(`mrz.bad.${reason}`)}>
      {t('mrz.bad.next')}
    </Notice>
  );
}
