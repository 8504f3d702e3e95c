import type { ReactElement } from 'react';
import type { Service } from '#model/service';
import { useTranslate } from '../../i18n/use-translate.tsx';
import classes from './counter-screen.module.css';
import { useServiceFacts } from './use-service-facts.ts';

type Props = {
  id: string;
  services: readonly Service[];
  active: number;
  onActive: (index: number) => void;
  onStart: (service: Service) => void;
};

/** What was found: name, term and fee. The search field above has the focus and the keys. */
export function ServiceResults({ id, services, active, onActive, onStart }: Props): ReactElement {
  const { t, language } = useTranslate();
  const factsOf = useServiceFacts();
  return (
    <div id={id} className={classes.results} role="listbox" aria-label={t('counter.found')}>
      {services.map((it, index) => {
        const [term, fee] = factsOf(it);
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the search field's
          <div
            key={it.id}
            id={`${id}-${index}`}
            className={classes.result}
            role="option"
            aria-selected={index === active}
            tabIndex={-1}
            onMouseMove={() => onActive(index)}
            onClick={() => onStart(it)}
          >
            <div>
              <div className={classes.name}>{it.name[language]}</div>
              <div className={classes.code}>{it.code}</div>
            </div>
            <div className={classes.fact}>{term}</div>
            <div className={classes.fact}>{fee}</div>
          </div>
        );
      })}
    </div>
  );
}
