import type { Case } from '#model/case';
import type { CaseEvent } from '#model/case-event';
import type { Service } from '#model/service';
import { isColumnText } from './parse-event.ts';
import { type Query, toPlaces } from './sql.ts';
import { COUNTRY } from './streams.ts';

export type Services = ReadonlyMap<string, Service>;

export type KnownServices = {
  /** Those of the cases that these events touch; asked for once a catalogue. */
  read(
    query: Query,
    catalogue: string,
    events: readonly CaseEvent[],
    cases: ReadonlyMap<string, Case>,
  ): Promise<Services>;
};

/**
 * The services by whose rules events are judged, as one process has read them.
 *
 * They are of the catalogue that the push itself found; those of another are read anew.
 */
export function openKnownServices(): KnownServices {
  let held = { catalogue: '', services: new Map<string, Service>() };

  return {
    async read(query, catalogue, events, cases) {
      if (held.catalogue !== catalogue) held = { catalogue, services: new Map() };
      const { services } = held;
      const missing = toServiceIds(events, cases).filter((it) => !services.has(it));
      if (missing.length === 0) return services;
      const rows = await query.query<{ id: string; body: Service }>(
        `select id, body from doc where centre_id = ${COUNTRY} and coll = 'services' and id in (${toPlaces(missing, 1)})`,
        missing,
      );
      for (const it of rows) services.set(it.id, it.body);
      return services;
    },
  };
}

/** `CODE@version` of a case, or of what opens it. */
export function serviceIdOf(event: CaseEvent, state: Case | null): string {
  if (state !== null) return `${state.serviceCode}@${state.serviceVersion}`;
  if (event.type !== 'case.opened') return '';
  return `${event.body.service.code}@${event.body.service.version}`;
}

/** An event that opens no case touches one that stands, or one that is opened beside it. */
function toServiceIds(events: readonly CaseEvent[], cases: ReadonlyMap<string, Case>): string[] {
  const ids = events.map((it) => serviceIdOf(it, cases.get(it.caseId) ?? null));
  return [...new Set(ids)].filter(isColumnText);
}
