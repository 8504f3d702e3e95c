import {
  type Answer,
  CENTRAL_PATH,
  type Identity,
  type Settings,
  type Station,
} from '#contract/station-contract';
import { dropOtherDatabases, isDatabaseGone } from '#replica/drop-database';
import { createHttpCentral } from '#replica/http-central';
import { createDiskStorage } from '#replica/lean-storage';
import { openReplica } from '#replica/open-replica';
import type { ReplicaPorts } from '#replica/ports';
import { createTextSealer } from '#replica/text-sealer';
import type { Desk } from './desk.ts';
import { createRepair, dropWhereWanted, watchForGone } from './repair-window.ts';
import { createStationPorts } from './station-ports.ts';

/** The station is there; whether this computer is a desk yet, `identity` says. */
export type OpenedStation = {
  station: Station;
  central: ReplicaPorts['central'];
  info: Answer<'station.info'>;
  settings: Settings;
  identity: Identity | null;
};

export async function readStation(station: Station, fetchCentral: typeof fetch): Promise<OpenedStation> {
  const [info, settings, identity] = await Promise.all([
    station.call('station.info', null),
    station.call('settings.read', null),
    station.call('identity.read', null),
  ]);
  const central = createHttpCentral({ fetch: fetchCentral, baseUrl: CENTRAL_PATH, now: () => Date.now() });
  return { station, central, info, settings, identity };
}

export type EnrolOutcome = Answer<'identity.enrol'>;

/** Makes this computer a desk of a centre; the station asks for it, and its key never leaves it. */
export function enrol({ station }: OpenedStation, desk: string, code: string): Promise<EnrolOutcome> {
  return station.call('identity.enrol', { desk, code });
}

/** Opens the replica of this desk and starts its sync. */
export async function openDesk(opened: OpenedStation, identity: Identity): Promise<Desk> {
  const { station, central, info } = opened;
  // A page that opens has nobody at it yet, whoever sat at the one before.
  await station.call('person.signOut', null);
  const ports = createStationPorts(station, central);
  const { id, key } = await station.call('window.key', null);
  const sealer = await createTextSealer(Uint8Array.from(atob(key), (it) => it.charCodeAt(0)));
  // Under another key it is another database, made anew from journal and centre.
  const name = `darcha-${identity.device}-${id}`;
  const repair = createRepair(async () => (await station.call('journal.state', null)).freeDiskBytes);
  await dropWhereWanted(name);
  const open = openReplica({
    ...{ name, identity, ports, appVersion: info.version, gone: repair },
    storage: createDiskStorage(sealer),
  });
  const replica = await open.catch((error: unknown) => {
    if (isDatabaseGone(error)) repair();
    throw error;
  });
  watchForGone(repair);
  void dropOtherDatabases(name);
  replica.sync.watch((status) => {
    void station.call('window.waiting', { count: status.waiting.events + status.files.count });
  });
  // Another window has the desk now, or the station is gone: two must not write one database.
  station.onClose(() => void replica.close());
  replica.sync.start();
  return { station, replica, info, identity };
}
