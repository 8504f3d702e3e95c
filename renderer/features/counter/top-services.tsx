import type { ReactElement } from 'react';
import type { Service } from '#model/service';
import { useCentre } from '../../data/use-catalogue.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';
import classes from './counter-screen.module.css';
import { useServiceFacts } from './use-service-facts.ts';

const MOST = 12;

type Props = { services: readonly Service[]; onStart: (service: Service) => void };

/** What this centre is asked for most. */
export function TopServices({ services, onStart }: Props): ReactElement | null {
  const { t, language } = useTranslate();
  const centre = useCentre();
  const factsOf = useServiceFacts();
  const top = (centre?.topServices ?? [])
    .map((code) => services.find((it) => it.code === code))
    .filter((it) => it !== undefined)
    .slice(0, MOST);
  if (top.length === 0) return null;
  return (
    <section aria-label={t('counter.top')}>
      <div className={classes.head}>
        <h2>{t('counter.top')}</h2>
      </div>
      <div className={classes.tiles}>
        {top.map((it) => (
          <button key={it.id} type="button" className={classes.tile} onClick={() => onStart(it)}>
            <span className={classes.name}>{it.name[language]}</span>
            <span className={classes.tileFacts}>
              {factsOf(it).map((fact) => (
                <span key={fact}>{fact}</span>
              ))}
            </span>
          </button>
        ))}
      </div>
    </section>
  );
}
