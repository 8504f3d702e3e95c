import { useNavigate } from '@tanstack/react-router';
import { type ReactElement, useState } from 'react';
import type { Service } from '#model/service';
import { Notice } from '../../components/notice.tsx';
import { useServices } from '../../data/use-catalogue.ts';
import { useMay } from '../../data/use-may.ts';
import { type StartTrouble, useStartDraft } from '../../data/use-start-draft.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';
import classes from './counter-screen.module.css';
import { MyDrafts } from './my-drafts.tsx';
import { PromisedToday } from './promised-today.tsx';
import { ServiceFinder } from './service-finder.tsx';

/** Where the next visitor begins: find the service, go on with a draft, hand over what was promised. */
export function CounterScreen(): ReactElement {
  const { t } = useTranslate();
  const services = useServices();
  const may = useMay();
  const start = useStartDraft();
  const navigate = useNavigate();
  const [starting, setStarting] = useState(false);
  const [trouble, setTrouble] = useState<StartTrouble>();

  const begin = async (service: Service): Promise<void> => {
    if (starting) return;
    setStarting(true);
    setTrouble(undefined);
    const started = await start(service).finally(() => setStarting(false));
    if (started.outcome !== 'started') return setTrouble(started.outcome);
    await navigate({ to: '/intake/$draftId', params: { draftId: started.draftId } });
  };

  return (
    <div className={classes.columns}>
      <div className={classes.wide}>
        {trouble !== undefined && (
          <Notice tone="bad" title={t(`start.${trouble}`)}>
            {t(`start.${trouble}.next`)}
          </Notice>
        )}
        {!may('case.open') ? (
          <Notice tone="attention" title={t('counter.lookOnly')}>
            {t('counter.lookOnly.next')}
          </Notice>
        ) : services !== undefined && services.length === 0 ? (
          <Notice tone="attention" title={t('counter.noCatalogue')}>
            {t('counter.noCatalogue.next')}
          </Notice>
        ) : (
          services !== undefined && <ServiceFinder services={services} onStart={(it) => void begin(it)} />
        )}
      </div>
      <aside className={classes.narrow} aria-label={t('counter.mine')}>
        <MyDrafts />
        <PromisedToday />
      </aside>
    </div>
  );
}
