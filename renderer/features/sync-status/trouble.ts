import type { SyncStatus } from '../../data/use-sync.ts';

type Failure = NonNullable<SyncStatus['trouble']>['failure'];
type Refusal = Extract<Failure, { outcome: 'refused' }>['code'];

/** Under which name the sentences about a failure stand: `trouble.<id>`, `trouble.<id>.next`. */
export type TroubleId =
  | `offline-${Extract<Failure, { outcome: 'offline' }>['reason']}`
  | `not-central-${Extract<Failure, { outcome: 'not-central' }>['reason']}`
  | 'disk-failed'
  | Refusal;

/** What the strip says in two or three words. */
export type TroubleGroup = 'offline' | 'not-central' | 'disk-failed' | 'not-admitted' | 'update' | 'later';

export function troubleId(failure: Failure): TroubleId {
  switch (failure.outcome) {
    case 'offline':
      return `offline-${failure.reason}`;
    case 'not-central':
      return `not-central-${failure.reason}`;
    case 'refused':
      return failure.code;
    case 'disk-failed':
      return failure.outcome;
  }
}

export function troubleGroup(failure: Failure): TroubleGroup {
  if (failure.outcome !== 'refused') return failure.outcome;
  switch (failure.code) {
    case 'unauthorised':
    case 'device-revoked':
    case 'not-allowed':
      return 'not-admitted';
    case 'update-needed':
      return 'update';
    default:
      return 'later';
  }
}

/** Whether time and another try may heal it, or a person has to do something. */
export function healsByItself(failure: Failure): boolean {
  const group = troubleGroup(failure);
  return group !== 'not-admitted' && group !== 'update';
}
