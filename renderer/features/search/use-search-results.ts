import { useEffect, useMemo, useState } from 'react';
import type { Service } from '#model/service';
import { createServiceSearch } from '#model/service-search';
import { type Found, useFindCases } from '../../data/use-case.ts';
import { useReference, useServices } from '../../data/use-catalogue.ts';

const MOST_SERVICES = 8;
const MOST_CASES = 8;
const LEAST_CASE_LETTERS = 2;
/** Long enough to skip the letters of one word, short enough not to be felt. */
const PAUSE_MS = 120;

export type SearchResults = { services: readonly Service[]; cases: readonly Found[]; busy: boolean };

/** What a text finds on this computer: services while typing, cases after a breath. */
export function useSearchResults(text: string): SearchResults {
  const wanted = text.trim();
  const services = useServices();
  const spheres = useReference('sphere');
  const departments = useReference('department');
  const search = useMemo(
    () =>
      createServiceSearch(services ?? [], {
        spheres: Object.fromEntries((spheres ?? []).map((it) => [it.code, it.name])),
        departments: Object.fromEntries((departments ?? []).map((it) => [it.code, it.name])),
      }),
    [services, spheres, departments],
  );
  const found = useMemo(() => (wanted === '' ? [] : search.search(wanted, MOST_SERVICES)), [search, wanted]);
  const cases = useFoundCases(wanted.length >= LEAST_CASE_LETTERS ? wanted : '');
  return { services: found, cases: cases ?? [], busy: cases === undefined };
}

function useFoundCases(wanted: string): readonly Found[] | undefined {
  const findCases = useFindCases();
  const [held, setHeld] = useState<{ wanted: string; cases: readonly Found[] }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `findCases` is made anew with every render
  useEffect(() => {
    if (wanted === '') return undefined;
    let current = true;
    const timer = setTimeout(() => {
      void findCases(wanted).then((cases) => {
        if (current) setHeld({ wanted, cases: cases.slice(0, MOST_CASES) });
      });
    }, PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [wanted]);
  if (wanted === '') return [];
  return held?.wanted === wanted ? held.cases : undefined;
}
