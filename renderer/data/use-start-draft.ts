import { newId } from '#model/new-id';
import type { Service } from '#model/service';
import { useDesk, useMe, useSettings } from './desk.ts';
import { useCentre } from './use-catalogue.ts';

/** Begins a case in the making for a service; gives the draft's id once it is on the disk. */
export function useStartDraft(): (service: Service) => Promise<string> {
  const { replica } = useDesk();
  const me = useMe();
  const { settings } = useSettings();
  const centre = useCentre();
  return async (service) => {
    const now = Date.now();
    const id = newId();
    await replica.saveDraft({
      id,
      serviceCode: service.code,
      serviceVersion: service.version,
      startedAt: now,
      changedAt: now,
      startedBy: me.id,
      channel: 'hall',
      language: settings.language,
      number: null,
      answers: {
        'applicant.kind': 'person',
        'applicant.citizenship': centre?.country === 'GE' ? 'GEO' : 'UZB',
      },
      documents: [],
    });
    return id;
  };
}
