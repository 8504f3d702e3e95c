import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { Centre } from '#model/reference';
import type { Service } from '#model/service';
import { tidyAnswers } from '../../components/tidy-answers.ts';
import { useMe } from '../../data/desk.ts';
import { type Draft, type DraftInHand, type OpenCaseOutcome, useOpenCase } from '../../data/use-drafts.ts';
import type { IntakeFacts } from './use-intake.ts';
import type { IntakeFiles } from './use-intake-files.ts';

export type FinishTrouble = Exclude<OpenCaseOutcome['outcome'], 'opened'>;

type Needs = {
  hand: DraftInHand;
  files: IntakeFiles;
  factsOf: ((draft: Draft) => IntakeFacts) | undefined;
  centre: Centre;
  service: Service;
};

/** F9: refuses while something stands in the way, else gives the number, once, and goes to the receipt. */
export function useFinish(needs: Needs): {
  /** How often F9 met a wall; 0 while it has not. */
  tries: number;
  /** From F9 to its answer: what is typed or given meanwhile would be in no case. */
  isBusy: boolean;
  trouble: FinishTrouble | null;
  finish(): void;
} {
  const me = useMe();
  const navigate = useNavigate();
  const open = useOpenCase();
  const [tries, setTries] = useState(0);
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<FinishTrouble | null>(null);
  const running = useRef(false);
  const latest = useRef(needs);
  useEffect(() => {
    latest.current = needs;
  });

  const accept = async (): Promise<OpenCaseOutcome | { outcome: 'walls' } | null> => {
    const { hand, files, factsOf, centre, service } = latest.current;
    if (factsOf === undefined) return null;
    await files.settled();
    const typed = await hand.settled();
    const draft = { ...typed, answers: tidyAnswers(typed.answers, { country: centre.country, service }) };
    const facts = factsOf(draft);
    if (facts.problems.some((it) => it.severity === 'wall')) return { outcome: 'walls' };
    const outcome = await open(draft, {
      by: me.id,
      prefix: centre.numberPrefix,
      year: Number(facts.today.slice(0, 4)),
      fee: facts.fee,
      missing: facts.missing,
      dueAt: facts.dueAt,
    });
    if (outcome.outcome === 'opened') {
      await navigate({ to: '/finished/$caseId', params: { caseId: outcome.caseId }, replace: true });
    }
    return outcome;
  };
  const acceptAlone = async (): Promise<Awaited<ReturnType<typeof accept>>> => {
    running.current = true;
    setBusy(true);
    setTrouble(null);
    // The field in hand tidies what was typed when it is left.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    try {
      return await accept();
    } finally {
      running.current = false;
      setBusy(false);
    }
  };

  const finish = async (): Promise<void> => {
    if (running.current) return;
    const outcome = await acceptAlone();
    if (outcome === null || outcome.outcome === 'opened') return;
    if (outcome.outcome === 'walls') setTries((now) => now + 1);
    else setTrouble(outcome.outcome);
  };
  return { tries, isBusy, trouble, finish: () => void finish() };
}
