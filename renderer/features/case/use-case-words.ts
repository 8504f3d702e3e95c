import { useMemo } from 'react';
import type { Case } from '#model/case';
import type { Place } from '#model/reference';
import type { Service } from '#model/service';
import { createFieldReader, type FieldReader } from '../../components/field-reader.ts';
import { useReference, useService, useStaffName, useUtcOffset } from '../../data/use-catalogue.ts';
import { useNow } from '../../data/use-now.ts';
import type { Language, Translate } from '../../i18n/messages.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';

/** Everything needed to say a case in words. */
export type CaseWords = {
  t: Translate;
  language: Language;
  utcOffsetMinutes: number;
  now: number;
  /** The version the case was taken on; `null` when this computer does not know it. */
  service: Service | null | undefined;
  reader: FieldReader;
  staffName(id: string): string;
  currency: Case['fee']['currency'];
};

const NO_PLACES: readonly Place[] = [];

/** The same object until one of them is another: what says a case need not be drawn anew for each key. */
export function useCaseWords(it: Pick<Case, 'serviceCode' | 'serviceVersion' | 'fee'>): CaseWords {
  const { t, language } = useTranslate();
  const service = useService(it.serviceCode, it.serviceVersion);
  const places = useReference('place') ?? NO_PLACES;
  const staffName = useStaffName();
  const utcOffsetMinutes = useUtcOffset();
  const now = useNow();
  const { currency } = it.fee;
  return useMemo(() => {
    const reader = createFieldReader({ service, places, language, t });
    return { t, language, utcOffsetMinutes, now, service, reader, staffName, currency };
  }, [t, language, utcOffsetMinutes, now, service, places, staffName, currency]);
}
