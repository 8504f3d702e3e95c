import type { ReactElement, ReactNode } from 'react';
import { DoorSign } from '../../components/door-sign.tsx';
import { LanguageSwitch } from '../../components/language-switch.tsx';
import { useSettings } from '../../data/desk.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';
import classes from './entrance.module.css';

/** The page before anybody is signed in: where this is on the left, what to do on the right. */
export function Entrance(props: { place: ReactNode; foot?: ReactNode; children: ReactNode }): ReactElement {
  const { t } = useTranslate();
  const { settings, change } = useSettings();
  return (
    <div className={classes.page}>
      <aside className={classes.side}>
        <div className={classes.name}>
          <DoorSign size={40} />
          {t('app.name')}
        </div>
        <div className={classes.place}>{props.place}</div>
        <div className={classes.foot}>{props.foot}</div>
        <LanguageSwitch language={settings.language} onChange={(language) => change({ language })} />
      </aside>
      <main className={classes.main}>{props.children}</main>
    </div>
  );
}
