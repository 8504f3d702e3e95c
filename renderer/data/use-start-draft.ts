import { newId } from '#model/new-id';
import type { Service } from '#model/service';
import type { Replica } from '#replica/replica';
import { useDesk, useMe, useSettings } from './desk.ts';
import { useCentre } from './use-catalogue.ts';

export type StartTrouble = Exclude<Awaited<ReturnType<Replica['saveDraft']>>['outcome'], 'saved'>;
export type StartOutcome = { outcome: 'started'; draftId: string } | { outcome: StartTrouble };

/** Begins a case in the making for a service; started is said once the draft is on the disk. */
export function useStartDraft(): (service: Service) => Promise<StartOutcome> {
  const { replica } = useDesk();
  const me = useMe();
  const { settings } = useSettings();
  const centre = useCentre();
  return async (service) => {
    const now = Date.now();
    const id = newId();
    const saved = await replica.saveDraft({
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
    return saved.outcome === 'saved' ? { outcome: 'started', draftId: id } : { outcome: saved.outcome };
  };
}
