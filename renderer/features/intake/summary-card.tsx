import { Button, NativeSelect } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import { LANGUAGES, Language } from '#model/local-text';
import type { Service } from '#model/service';
import { KeyHint } from '../../components/key-hint.tsx';
import { LANGUAGE_NAMES } from '../../components/language-names.ts';
import { Notice } from '../../components/notice.tsx';
import { termText } from '../../components/service-facts.ts';
import type { DraftInHand } from '../../data/use-drafts.ts';
import { formatDate, formatMoney, formatWeekday } from '../../i18n/format.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';
import classes from './intake.module.css';
import { SavedMark } from './saved-mark.tsx';
import type { FinishTrouble } from './use-finish.ts';
import type { IntakeFacts } from './use-intake.ts';

type Props = {
  hand: DraftInHand;
  service: Service;
  facts: IntakeFacts;
  utcOffsetMinutes: number;
  isBusy: boolean;
  /** Why F9 gave no number, or the disk did not take the last change. */
  notSaved: FinishTrouble | null;
  onFinish: () => void;
};

/** Beside the page, always in sight: what will be promised, what it costs, what is missing, and the finish. */
export function SummaryCard({
  hand,
  service,
  facts,
  utcOffsetMinutes,
  isBusy,
  notSaved,
  onFinish,
}: Props): ReactElement {
  const { t, language } = useTranslate();
  const { draft, change } = hand;
  const walls = facts.problems.filter((it) => it.severity === 'wall').length;
  const due =
    facts.dueAt === null
      ? termText(facts.rule, t)
      : `${formatDate(language, facts.dueAt, utcOffsetMinutes)}, ${formatWeekday(language, facts.dueAt, utcOffsetMinutes)}`;
  return (
    <aside className={classes.summary} aria-label={t('summary.title')}>
      <dl className={classes.facts}>
        <Fact name={t('summary.due')}>{due}</Fact>
        <Fact name={t('summary.fee')}>
          {facts.fee.amount === 0
            ? t('fee.free')
            : formatMoney(language, facts.fee.amount, facts.fee.currency)}
        </Fact>
        <Fact name={t('summary.missing')}>
          {facts.missing.length === 0
            ? t('summary.missing.none')
            : service.checklist
                .filter((it) => facts.missing.includes(it.code))
                .map((it) => it.label[language])
                .join('; ')}
        </Fact>
      </dl>
      <NativeSelect
        label={t('summary.print')}
        value={draft.language}
        data={LANGUAGES.map((it) => ({ value: it, label: LANGUAGE_NAMES[it] }))}
        onChange={(event) => {
          const chosen = Language.parse(event.currentTarget.value);
          change((now) => ({ ...now, language: chosen }));
        }}
      />
      <Button
        size="md"
        fullWidth
        loading={isBusy}
        onClick={onFinish}
        aria-keyshortcuts="F9"
        rightSection={<KeyHint keys="F9" />}
        data-finish=""
      >
        {t('finish.accept')}
      </Button>
      {notSaved !== null && (
        <Notice tone="bad" title={t(`intake.${notSaved}`)}>
          {t(`intake.${notSaved}.next`)}
        </Notice>
      )}
      <div className={classes.summaryFoot} role="status">
        <SavedMark saved={hand.saved} />
        {notSaved === null && (
          <span className={classes.quiet}>
            {walls === 0 ? t('summary.ready') : t('summary.left', { count: walls })}
          </span>
        )}
      </div>
    </aside>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }): ReactElement {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
