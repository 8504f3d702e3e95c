import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { Centre } from '#model/reference';
import { useMe } from '../../data/desk.ts';
import { type DraftInHand, type OpenCaseOutcome, useDraftActions } from '../../data/use-drafts.ts';
import type { IntakeFacts } from './use-intake.ts';

export type FinishTrouble = Exclude<OpenCaseOutcome['outcome'], 'opened'>;

/** F9: refuses while something stands in the way, else gives the number, once, and goes to the receipt. */
export function useFinish(needs: { hand: DraftInHand; facts: IntakeFacts | undefined; centre: Centre }): {
  /** How often F9 met a wall; 0 while it has not. */
  tries: number;
  isBusy: boolean;
  trouble: FinishTrouble | null;
  finish(): void;
} {
  const me = useMe();
  const navigate = useNavigate();
  const { open } = useDraftActions();
  const [tries, setTries] = useState(0);
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<FinishTrouble | null>(null);
  const running = useRef(false);
  const latest = useRef(needs);
  useEffect(() => {
    latest.current = needs;
  });

  const accept = async (): Promise<void> => {
    // The field in hand tidies what was typed when it is left.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    await latest.current.hand.settled();
    const { hand, facts, centre } = latest.current;
    if (facts === undefined) return;
    if (facts.problems.some((it) => it.severity === 'wall')) return setTries((now) => now + 1);
    const outcome = await open(hand.draft, {
      by: me.id,
      prefix: centre.numberPrefix,
      year: Number(facts.today.slice(0, 4)),
      fee: facts.fee,
      missing: facts.missing,
      dueAt: facts.dueAt,
    });
    if (outcome.outcome !== 'opened') return setTrouble(outcome.outcome);
    await navigate({ to: '/finished/$caseId', params: { caseId: outcome.caseId }, replace: true });
  };

  const finish = (): void => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setTrouble(null);
    void accept().finally(() => {
      running.current = false;
      setBusy(false);
    });
  };
  return { tries, isBusy, trouble, finish };
}
