import { useCallback, useState } from 'react';
import { type CaseList, type CaseListQuery, useCases } from '../../data/use-case.ts';

const FIRST_ROWS = 100;
const MORE_ROWS = 200;

/** The rows of one filter, more of them as the end comes near; the old rows stay until the new are there. */
export function useGrowingCases(
  filter: CaseListQuery['filter'],
  sort: CaseListQuery['sort'],
  now: number,
): { list: CaseList | undefined; grow(): void } {
  const name = `${filter} ${sort}`;
  const [asked, setAsked] = useState({ name, limit: FIRST_ROWS });
  const limit = asked.name === name ? asked.limit : FIRST_ROWS;
  const fresh = useCases({ filter, sort, limit, now });
  const [kept, setKept] = useState<{ name: string; list: CaseList }>();
  if (fresh !== undefined && kept?.list !== fresh) setKept({ name, list: fresh });

  const list = fresh ?? (kept?.name === name ? kept.list : undefined);
  const loaded = fresh?.rows.length;
  const total = fresh?.total;
  const grow = useCallback(() => {
    if (loaded === undefined || total === undefined || loaded >= total) return;
    setAsked({ name, limit: loaded + MORE_ROWS });
  }, [name, loaded, total]);
  return { list, grow };
}
