import type { Service } from '#model/service';
import { serviceFacts } from '../../components/service-facts.ts';
import { useCentre, useReference } from '../../data/use-catalogue.ts';
import { useNow } from '../../data/use-now.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';

/** Term and fee of a service at this centre today. */
export function useServiceFacts(): (service: Service) => readonly string[] {
  const { t, language } = useTranslate();
  const centre = useCentre();
  const baseAmounts = useReference('base-amount');
  const now = useNow(60_000);
  return (service) => {
    if (centre === undefined || centre === null || baseAmounts === undefined) return [];
    return serviceFacts(service, { t, language, baseAmounts, centre, now });
  };
}
