import { Button } from '@mantine/core';
import { IconLock, IconUsers } from '@tabler/icons-react';
import { type ReactElement, useState } from 'react';
import { useStaffName } from '../../data/use-catalogue.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';
import { Entrance } from './entrance.tsx';
import { PinForm } from './pin-form.tsx';
import { Place } from './place.tsx';
import classes from './sign-in-screen.module.css';
import { SignInScreen } from './sign-in-screen.tsx';

/** Locked: the name of whoever works here, and nothing of what he does. */
export function LockScreen({ id }: { id: string }): ReactElement {
  const { t } = useTranslate();
  const nameOf = useStaffName();
  const [isOther, setOther] = useState(false);
  if (isOther) return <SignInScreen onBack={() => setOther(false)} />;
  return (
    <Entrance place={<Place />} foot={t('signIn.offline')}>
      <div className={classes.locked}>
        <h1 className={classes.title}>
          <IconLock size={22} aria-hidden /> {t('lock.title')}
        </h1>
        <p>{t('lock.what')}</p>
        <PinForm member={{ id, name: nameOf(id) }} autoFocus button={t('lock.open')} />
        <div>
          <Button
            variant="subtle"
            leftSection={<IconUsers size={18} aria-hidden />}
            onClick={() => setOther(true)}
          >
            {t('lock.other')}
          </Button>
        </div>
      </div>
    </Entrance>
  );
}
