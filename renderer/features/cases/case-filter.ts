import { CaseStatus } from '#model/case-status';
import type { CaseListQuery } from '../../data/use-case.ts';

export type CaseFilter = CaseListQuery['filter'];
export type CaseSort = CaseListQuery['sort'];

/** Always in sight with their counts; the statuses themselves stand in a list beside them. */
export const MAIN_FILTERS = ['open', 'overdue', 'ready', 'waiting', 'conflicts', 'all'] as const;
export const STATUS_FILTERS = CaseStatus.options;

const FILTERS: readonly CaseFilter[] = [...MAIN_FILTERS, ...STATUS_FILTERS];

/** What an address asks for; anything else is the list a clerk starts with. */
export function toCaseFilter(asked: unknown): CaseFilter {
  return FILTERS.find((it) => it === asked) ?? 'open';
}

export function toCaseSort(asked: unknown): CaseSort {
  return asked === 'newest' ? 'newest' : 'due';
}
