import { Button, TextInput } from '@mantine/core';
import { type FormEvent, type ReactElement, useCallback, useEffect, useRef, useState } from 'react';
import { Notice } from '../../components/notice.tsx';
import { type EnrolOutcome, enrol, type OpenedStation } from '../../data/open-desk.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';
import { Entrance } from './entrance.tsx';
import classes from './sign-in-screen.module.css';

type Identity = Extract<EnrolOutcome, { outcome: 'enrolled' }>['identity'];
type Trouble = Exclude<EnrolOutcome, { outcome: 'enrolled' }>['outcome'];
type Props = {
  opened: OpenedStation;
  onEnrolled: (identity: Identity) => Promise<void>;
  /** The station is gone, or the desk cannot be opened: nothing here can be tried again. */
  onFailed: () => void;
};

/** First start ever: this computer becomes a desk of a centre, by the code from IT. */
export function EnrolScreen({ opened, onEnrolled, onFailed }: Props): ReactElement {
  const { t } = useTranslate();
  const given = opened.info.enrolment;
  const [desk, setDesk] = useState(given?.desk ?? '');
  const [code, setCode] = useState(given?.code ?? '');
  const [trouble, setTrouble] = useState<Trouble>();
  const [busy, setBusy] = useState(false);
  const hasTried = useRef(false);

  const send = useCallback(
    async (deskName: string, enrolCode: string): Promise<void> => {
      setBusy(true);
      setTrouble(undefined);
      const outcome = await enrol(opened, deskName.trim(), enrolCode.trim());
      if (outcome.outcome === 'enrolled') return onEnrolled(outcome.identity);
      setBusy(false);
      setTrouble(outcome.outcome);
    },
    [opened, onEnrolled],
  );

  useEffect(() => {
    if (given === null || given.desk === null || hasTried.current) return;
    hasTried.current = true;
    send(given.desk, given.code).catch(onFailed);
  }, [given, send, onFailed]);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (desk.trim() !== '' && code.trim() !== '' && !busy) send(desk, code).catch(onFailed);
  };

  return (
    <Entrance place={t('enrol.title')} foot={t('enrol.central', { address: opened.info.central })}>
      <form className={classes.waiting} onSubmit={submit}>
        <h1 className={classes.title}>{t('enrol.title')}</h1>
        <div>{t('enrol.what')}</div>
        <TextInput
          label={t('enrol.desk')}
          description={t('enrol.desk.help')}
          value={desk}
          onChange={(event) => setDesk(event.currentTarget.value)}
          maxLength={60}
          disabled={busy}
          autoFocus
        />
        <TextInput
          label={t('enrol.code')}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          maxLength={80}
          spellCheck={false}
          disabled={busy}
        />
        <div>
          <Button
            type="submit"
            size="md"
            loading={busy}
            disabled={desk.trim() === '' || code.trim().length < 4}
          >
            {t(trouble === undefined ? 'enrol.go' : 'enrol.again')}
          </Button>
        </div>
        {busy && <div role="status">{t('enrol.under-way')}</div>}
        {trouble !== undefined && (
          <Notice tone="bad" title={t(`enrol.${trouble}`)}>
            {t('enrol.safe')}
          </Notice>
        )}
      </form>
    </Entrance>
  );
}
