import { useState } from 'react';
import type { EventType } from '#model/case-event';
import { type ConfirmOutcome, useConfirm } from '../../data/use-confirm.ts';

export type SecondPersonInHand = {
  who: string | null;
  secret: string;
  refused: ConfirmOutcome | { outcome: 'nobody' } | undefined;
  isBusy: boolean;
  choose(who: string | null): void;
  type(secret: string): void;
  /** Asks the station; the id of whoever has said yes, or `null`. */
  confirm(type: EventType): Promise<string | null>;
};

/** The second person of a step, as far as entered. */
export function useSecondPerson(caseId: string): SecondPersonInHand {
  const ask = useConfirm(caseId);
  const [who, setWho] = useState<string | null>(null);
  const [secret, setSecret] = useState('');
  const [refused, setRefused] = useState<SecondPersonInHand['refused']>();
  const [isBusy, setBusy] = useState(false);
  return {
    who,
    secret,
    refused,
    isBusy,
    choose: setWho,
    type: setSecret,
    async confirm(type) {
      if (isBusy) return null;
      if (who === null || secret === '') {
        setRefused({ outcome: 'nobody' });
        return null;
      }
      setBusy(true);
      const outcome = await ask(who, secret, type).finally(() => setBusy(false));
      setSecret('');
      setRefused(outcome.outcome === 'confirmed' ? undefined : outcome);
      return outcome.outcome === 'confirmed' ? who : null;
    },
  };
}
