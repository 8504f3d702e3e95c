import { Button } from '@mantine/core';
import { type ReactElement, useState } from 'react';
import type { StaffMember } from '#model/staff';
import { useDesk, useSession } from '../../data/desk.ts';
import { useStaff } from '../../data/use-catalogue.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';
import { Entrance } from './entrance.tsx';
import { FirstSync } from './first-sync.tsx';
import { PinForm } from './pin-form.tsx';
import { Place } from './place.tsx';
import classes from './sign-in-screen.module.css';
import { StaffList } from './staff-list.tsx';

const ROLE_ORDER = { clerk: 0, 'senior-clerk': 1, supervisor: 2, partner: 3, it: 4, auditor: 5 } as const;

/** One's own name, then the PIN. Works without any line. `onBack`: to whoever has locked the desk. */
export function SignInScreen({ onBack }: { onBack?: () => void }): ReactElement {
  const { t } = useTranslate();
  const { identity } = useDesk();
  const { state } = useSession().people;
  const staff = useStaff();
  const [chosenId, setChosenId] = useState<string>();
  const mayEnter = new Set(state.people?.map((it) => it.id));
  const known = (staff ?? [])
    .filter((it) => state.people === null || mayEnter.has(it.id))
    .sort(byRoleAndName);
  const chosen = known.find((it) => it.id === (chosenId ?? state.last)) ?? known[0] ?? null;

  return (
    <Entrance place={<Place />} foot={t('signIn.offline')}>
      {chosen === null ? (
        <FirstSync hasStaff={known.length > 0} />
      ) : (
        <div className={classes.columns}>
          <StaffList staff={known} chosen={chosen} isDemo={identity.demo} onChoose={setChosenId} />
          <div className={classes.form}>
            {/* Whoever walks through the names with the arrows stays among them until Enter. */}
            <PinForm key={chosen.id} member={chosen} autoFocus={chosenId === undefined} />
            {onBack !== undefined && (
              <Button variant="subtle" onClick={onBack}>
                {t('lock.back')}
              </Button>
            )}
          </div>
        </div>
      )}
    </Entrance>
  );
}

function byRoleAndName(one: StaffMember, other: StaffMember): number {
  return ROLE_ORDER[one.role] - ROLE_ORDER[other.role] || (one.name < other.name ? -1 : 1);
}
