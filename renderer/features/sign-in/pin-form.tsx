import { Button, PasswordInput } from '@mantine/core';
import { type FormEvent, type ReactElement, useRef, useState } from 'react';
import type { StaffMember } from '#model/staff';
import { Notice } from '../../components/notice.tsx';
import { useNow } from '../../data/use-now.ts';
import { type SignInOutcome, useSignIn } from '../../data/use-sign-in.ts';
import { formatDuration } from '../../i18n/format-duration.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';
import classes from './sign-in-screen.module.css';

const MINUTE_MS = 60_000;

/** The PIN of one person: how many tries are left, and how long to wait when there are none. */
export function PinForm({ member, autoFocus }: { member: StaffMember; autoFocus: boolean }): ReactElement {
  const { t, language } = useTranslate();
  const { lockedUntil, signIn } = useSignIn(member);
  const now = useNow(1_000);
  const [pin, setPin] = useState('');
  const [busy, setBusy] = useState(false);
  const [last, setLast] = useState<SignInOutcome>();
  const input = useRef<HTMLInputElement>(null);
  const waitMs = Math.max(0, lockedUntil - now);

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
        inputMode="numeric"
        disabled={waitMs > 0}
        visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPin') }}
      />
      <Button type="submit" size="md" disabled={waitMs > 0 || pin === ''} loading={busy}>
        {t('signIn.enter')}
      </Button>
      {waitMs > 0 ? (
        <Notice tone="bad" title={t('signIn.locked', { time: shortTime(waitMs) })}>
          {t('signIn.locked.next')}
        </Notice>
      ) : (
        last?.outcome === 'wrong' && (
          <Notice tone="bad" title={t('signIn.wrong')}>
            {t('signIn.left', { count: last.left })}
          </Notice>
        )
      )}
    </form>
  );

  function shortTime(ms: number): string {
    if (ms >= MINUTE_MS) return formatDuration(language, ms + MINUTE_MS - 1);
    return t('signIn.seconds', { count: Math.ceil(ms / 1_000) });
  }
}
