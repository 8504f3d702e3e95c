import { type KeyboardEvent, type ReactElement, useRef } from 'react';
import type { StaffMember } from '#model/staff';
import { useTranslate } from '../../i18n/use-translate.tsx';
import classes from './sign-in-screen.module.css';

type Props = {
  staff: readonly StaffMember[];
  chosen: StaffMember;
  isDemo: boolean;
  onChoose: (id: string) => void;
};

/** Everybody of this centre; arrows choose, Enter goes to the PIN. */
export function StaffList({ staff, chosen, isDemo, onChoose }: Props): ReactElement {
  const { t } = useTranslate();
  const list = useRef<HTMLDivElement>(null);

  const move = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Enter') {
      event.preventDefault();
      document.querySelector<HTMLInputElement>('#pin')?.focus();
    }
    if (step === undefined) return;
    event.preventDefault();
    const index = staff.findIndex((it) => it.id === chosen.id) + step;
    const next = staff[(index + staff.length) % staff.length];
    if (next === undefined) return;
    onChoose(next.id);
    list.current?.querySelector<HTMLElement>(`[data-staff="${CSS.escape(next.id)}"]`)?.focus();
  };

  return (
    <div>
      <h1 className={classes.title} id="who">
        {t('signIn.who')}
      </h1>
      <div ref={list} className={classes.list} role="radiogroup" aria-labelledby="who" onKeyDown={move}>
        {staff.map((it) => (
          // biome-ignore lint/a11y/useSemanticElements: a name with its role is more than a radio can hold
          <button
            key={it.id}
            type="button"
            role="radio"
            aria-checked={it.id === chosen.id}
            tabIndex={it.id === chosen.id ? 0 : -1}
            data-staff={it.id}
            className={classes.person}
            onClick={() => {
              onChoose(it.id);
              requestAnimationFrame(() => document.querySelector<HTMLInputElement>('#pin')?.focus());
            }}
          >
            <span className={classes.words}>
              <span className={classes.personName}>{it.name}</span>
              <span className={classes.role}>{t(`role.${it.role}`)}</span>
            </span>
            {isDemo && it.demoPin !== undefined && (
              <span className={classes.demo}>{t('signIn.demoPin', { pin: it.demoPin })}</span>
            )}
          </button>
        ))}
      </div>
    </div>
  );
}
