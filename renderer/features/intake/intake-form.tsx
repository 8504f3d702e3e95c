import type { ReactElement } from 'react';
import type { Centre, Place } from '#model/reference';
import type { Service } from '#model/service';
import { AnswerFormContext } from '../../components/fields/answer-form.ts';
import { enterMoves } from '../../components/fields/enter-moves.ts';
import { SchemaForm } from '../../components/fields/schema-form.tsx';
import { Notice } from '../../components/notice.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { Panel } from '../../components/panel.tsx';
import { termText } from '../../components/service-facts.ts';
import { useKeys } from '../../components/use-keys.tsx';
import { useReference } from '../../data/use-catalogue.ts';
import type { DraftInHand } from '../../data/use-drafts.ts';
import { useNow } from '../../data/use-now.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';
import { ApplicantSection } from './applicant-section.tsx';
import { DeclarationSection } from './declaration-section.tsx';
import { DocumentsSection } from './documents-section.tsx';
import { FeeSection } from './fee-section.tsx';
import classes from './intake.module.css';
import { ProblemList } from './problem-list.tsx';
import { SummaryCard } from './summary-card.tsx';
import { useAnswerState } from './use-answer-state.ts';
import { useFinish } from './use-finish.ts';
import { useFactsOf } from './use-intake.ts';
import { useIntakeFiles } from './use-intake-files.ts';

const NO_PLACES: readonly Place[] = [];

type Props = { hand: DraftInHand; service: Service; centre: Centre };

/** One page from the applicant to the number. Every change is kept as it is made. */
export function IntakeForm({ hand, service, centre }: Props): ReactElement | null {
  const { t, language } = useTranslate();
  const now = useNow();
  const factsOf = useFactsOf(service, { centre, now });
  const facts = factsOf?.(hand.draft);
  const files = useIntakeFiles(hand);
  const places = useReference('place');
  const { tries, isBusy, trouble, finish } = useFinish({ hand, files, factsOf, centre, service });
  const form = useAnswerState({
    hand,
    country: centre.country,
    places: places ?? NO_PLACES,
    today: facts?.today ?? '',
    problems: facts?.problems ?? [],
    isAsked: tries > 0,
  });
  useKeys([
    { keys: 'F9', label: 'keys.finish', run: finish },
    { keys: 'Enter', label: 'keys.nextField' },
    { keys: 'Shift+Enter', label: 'keys.previousField' },
    { keys: 'Ctrl+Enter', label: 'keys.leaveLongField' },
  ]);
  if (facts === undefined) return null;

  const walls = facts.problems.filter((it) => it.severity === 'wall');
  const diskTrouble = hand.saved === 'saved' || hand.saved === 'saving' ? null : hand.saved;
  return (
    <AnswerFormContext value={form}>
      <div className={classes.columns} inert={isBusy}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: Enter goes on from field to field */}
        <div className={classes.page} onKeyDown={enterMoves}>
          <PageHeader
            title={service.name[language]}
            below={`${service.code} · ${service.result[language]}`}
          />
          {!facts.isInWindow && (
            <Notice tone="attention" title={t('intake.outOfWindow', { window: termText(facts.rule, t) })}>
              {t('intake.outOfWindow.next')}
            </Notice>
          )}
          <Panel id="applicant" title={t('section.applicant')}>
            <ApplicantSection />
          </Panel>
          {service.form.length > 0 && (
            <Panel id="form" title={t('section.form')}>
              <SchemaForm service={service} />
            </Panel>
          )}
          <Panel id="documents" title={t('section.documents')} aside={t('documents.drop')}>
            <DocumentsSection checklist={service.checklist} documents={hand.draft.documents} files={files} />
          </Panel>
          <Panel id="fee" title={t('section.fee')}>
            <FeeSection service={service} fee={facts.fee} today={facts.today} />
          </Panel>
          <Panel id="declaration" title={t('section.declaration')}>
            <DeclarationSection applicantLanguage={hand.draft.language} />
          </Panel>
          {tries > 0 && walls.length > 0 && (
            <ProblemList problems={walls} answers={hand.draft.answers} service={service} tries={tries} />
          )}
        </div>
        <SummaryCard
          hand={hand}
          service={service}
          facts={facts}
          utcOffsetMinutes={centre.utcOffsetMinutes}
          isBusy={isBusy}
          notSaved={trouble ?? diskTrouble}
          onFinish={finish}
        />
      </div>
    </AnswerFormContext>
  );
}
