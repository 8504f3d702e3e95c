import type { FastifyInstance } from 'fastify';
import type { SyncReportAnswer } from '#protocol/sync-report';
import type { Context } from '../context.ts';
import { readDesks } from '../store/devices.ts';

/** `GET /v1/report/sync`: the asking desk's centre and those below it; all of them for an administrator. */
export function addSyncReportRoute(server: FastifyInstance, { sql, now }: Context): void {
  server.get('/v1/report/sync', { config: { access: 'device-or-admin' } }, async (request) => {
    const top = request.caller?.kind === 'device' ? request.caller.centreId : null;
    const answer: SyncReportAnswer = { asOf: now(), rows: await readDesks(sql, top) };
    return answer;
  });
}
