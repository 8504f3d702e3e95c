import { useMemo } from 'react';
import type { Answers } from '#model/answer';
import type { Fee } from '#model/case-event';
import { createWorkingCalendar, dueAt, isInWindow, localDate, ruleInForce } from '#model/deadline';
import { feeFor } from '#model/fee';
import { checkAnswers, checkApplicant, type Problem } from '#model/form';
import type { Centre } from '#model/reference';
import type { DeadlineRule, Service } from '#model/service';
import { useCalendarDays, useReference } from '../../data/use-catalogue.ts';
import type { Draft } from '../../data/use-drafts.ts';

/** Everything that follows from a draft as it stands: what is wrong, what it costs, by when, what is missing. */
export type IntakeFacts = {
  today: string;
  problems: readonly Problem[];
  fee: Fee;
  rule: DeadlineRule;
  dueAt: number | null;
  isInWindow: boolean;
  /** Codes of papers the applicant should have brought and did not. */
  missing: string[];
};

export const DECLARED = 'declaration.confirmed';
export const CONSENTED = 'declaration.personalData';

/** How to tell them of a draft; `undefined` until the calendar and the base amounts are read. */
export function useFactsOf(
  service: Service,
  place: { centre: Centre; now: number },
): ((draft: Draft) => IntakeFacts) | undefined {
  const { centre, now } = place;
  const days = useCalendarDays();
  const baseAmounts = useReference('base-amount');
  const { utcOffsetMinutes } = centre;
  const calendar = useMemo(
    () => (days === undefined ? undefined : createWorkingCalendar({ ...centre, days })),
    [days, centre],
  );
  if (calendar === undefined || baseAmounts === undefined) return undefined;
  const today = localDate(now, utcOffsetMinutes);
  const rule = ruleInForce(service, now, utcOffsetMinutes);
  return (draft) => ({
    today,
    problems: problemsOf(service, draft.answers, today),
    fee: feeFor(service, {
      baseAmounts,
      at: now,
      utcOffsetMinutes,
      tier: tierOf(draft.answers),
      channel: draft.channel,
      currency: centre.country === 'GE' ? 'GEL' : 'UZS',
    }),
    rule,
    dueAt: dueAt(rule, now, calendar),
    isInWindow: isInWindow(rule, now, utcOffsetMinutes),
    missing: service.checklist
      .filter((it) => it.source === 'brings' && it.required)
      .filter((it) => !draft.documents.some((held) => held.item === it.code))
      .map((it) => it.code),
  });
}

/** The step of the tariff: asked by the form of some services, chosen beside the fee for others. */
export function tierOf(answers: Answers): string | undefined {
  const tier = answers['form.feeTier'] ?? answers['fee.tier'];
  return typeof tier === 'string' ? tier : undefined;
}

function problemsOf(service: Service, answers: Answers, today: string): Problem[] {
  return [
    ...checkApplicant(answers, today),
    ...checkAnswers(service, answers, today),
    ...[DECLARED, CONSENTED]
      .filter((path) => answers[path] !== true)
      .map((path): Problem => ({ path, code: 'required', severity: 'wall' })),
  ];
}
