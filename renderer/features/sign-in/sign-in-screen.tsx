import { type ReactElement, useState } from 'react';
import type { StaffMember } from '#model/staff';
import { useDesk } from '../../data/desk.ts';
import { useCentre, useStaff } from '../../data/use-catalogue.ts';
import { useLastUser } from '../../data/use-sign-in.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';
import { Entrance } from './entrance.tsx';
import { FirstSync } from './first-sync.tsx';
import { PinForm } from './pin-form.tsx';
import classes from './sign-in-screen.module.css';
import { StaffList } from './staff-list.tsx';

const ROLE_ORDER = { clerk: 0, 'senior-clerk': 1, supervisor: 2, partner: 3, it: 4, auditor: 5 } as const;

/** One's own name, then the PIN. Works without any line. */
export function SignInScreen(): ReactElement {
  const { t, language } = useTranslate();
  const { identity } = useDesk();
  const centre = useCentre();
  const staff = useStaff();
  const lastUser = useLastUser();
  const [chosenId, setChosenId] = useState<string>();
  const known = [...(staff ?? [])].sort(byRoleAndName);
  const chosen = known.find((it) => it.id === (chosenId ?? lastUser)) ?? known[0] ?? null;

  const place = (
    <>
      <strong>{centre?.name[language] ?? ''}</strong>
      <br />
      {t('signIn.desk', { desk: identity.desk })}
    </>
  );
  return (
    <Entrance place={place} foot={t('signIn.offline')}>
      {chosen === null || lastUser === undefined ? (
        <FirstSync hasStaff={known.length > 0} />
      ) : (
        <div className={classes.columns}>
          <StaffList staff={known} chosen={chosen} isDemo={identity.demo} onChoose={setChosenId} />
          {/* Whoever walks through the names with the arrows stays among them until Enter. */}
          <PinForm key={chosen.id} member={chosen} autoFocus={chosenId === undefined} />
        </div>
      )}
    </Entrance>
  );
}

function byRoleAndName(one: StaffMember, other: StaffMember): number {
  return ROLE_ORDER[one.role] - ROLE_ORDER[other.role] || (one.name < other.name ? -1 : 1);
}
