import { Button, PasswordInput } from '@mantine/core';
import { type FormEvent, type ReactElement, useRef, useState } from 'react';
import { SecretNotice } from '../../components/secret-notice.tsx';
import { type SignInOutcome, useSignIn } from '../../data/use-sign-in.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';
import { DaysLeft } from './days-left.tsx';
import classes from './sign-in-screen.module.css';

type Props = {
  member: { id: string; name: string };
  autoFocus: boolean;
  /** What the button says. */
  button?: string;
};

/** The PIN or password of one person: how many tries and days are left, and how long to wait. */
export function PinForm({ member, autoFocus, button }: Props): ReactElement {
  const { t } = useTranslate();
  const { waitMs, days, signIn } = useSignIn(member.id);
  const [pin, setPin] = useState('');
  const [busy, setBusy] = useState(false);
  const [last, setLast] = useState<SignInOutcome>();
  const input = useRef<HTMLInputElement>(null);

  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (pin === '' || busy) return;
    setBusy(true);
    const outcome = await signIn(pin);
    if (outcome.outcome === 'signed-in') return;
    setLast(outcome);
    setPin('');
    setBusy(false);
    input.current?.focus();
  };

  return (
    <form className={classes.form} onSubmit={(event) => void send(event)}>
      <h2 className={classes.title}>{member.name}</h2>
      <PasswordInput
        id="pin"
        ref={input}
        size="lg"
        label={t('signIn.pin')}
        value={pin}
        onChange={(event) => setPin(event.currentTarget.value)}
        autoFocus={autoFocus}
        autoComplete="off"
        maxLength={200}
        disabled={waitMs > 0}
        visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPin') }}
      />
      <Button type="submit" size="md" disabled={waitMs > 0 || pin === ''} loading={busy}>
        {button ?? t('signIn.enter')}
      </Button>
      <SecretNotice refused={last} waitMs={waitMs} />
      {waitMs === 0 && <DaysLeft days={days} />}
    </form>
  );
}
