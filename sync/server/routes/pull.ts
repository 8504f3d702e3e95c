import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { RowsAsk } from '#protocol/push';
import { epochOf } from '../auth/guard.ts';
import type { Caller } from '../auth/identify.ts';
import type { Context } from '../context.ts';
import { refuse } from '../refuse.ts';
import { type PullAsk, pullCases, pullDocs, pullEvents } from '../store/pull-pages.ts';
import { toRow } from '../store/push-rows.ts';
import { isRowCollection } from './row-collections.ts';

const PullQuery = z.object({
  since: z.coerce.number().pipe(z.int().nonnegative()).default(0),
  bytes: z.coerce.number().pipe(z.int().min(1).max(4_194_304)).default(65_536),
  full: z.enum(['0', '1']).default('0'),
});

const STATE_COLLECTIONS = ['services', 'reference', 'staff'];

/** `GET /v1/pull/{collection}`. An administrator may read what belongs to no centre. */
export function addPullRoute(server: FastifyInstance, context: Context): void {
  const { sql } = context;
  const route = { config: { access: 'device-or-admin' } } as const;
  server.get<{ Params: { collection: string } }>('/v1/pull/:collection', route, async (request, reply) => {
    const { collection } = request.params;
    const query = PullQuery.safeParse(request.query);
    if (!query.success) return refuse(reply, 'bad-request', { detail: 'since, bytes or full' });
    const { full, ...ask } = query.data;
    const owner = toOwner(request.caller, collection);
    if (owner === null) return refuse(reply, 'not-allowed');
    const epoch = epochOf(request);
    if (collection === 'events') {
      return toAnswer(reply, epoch, await pullEvents(sql, { ...ask, ...owner, full: full === '1' }));
    }
    if (collection === 'cases') return toAnswer(reply, epoch, await pullCases(sql, { ...ask, ...owner }));
    if (STATE_COLLECTIONS.includes(collection)) {
      const page = await pullDocs(sql, { ...ask, ...owner, collection }, (row) =>
        toStateDoc(row, context.demo),
      );
      return toAnswer(reply, epoch, page);
    }
    return isRowCollection(collection)
      ? pullRows(context, reply, { ...ask, ...owner, collection })
      : refuse(reply, 'not-found');
  });
}

/** Rows as RxDB's pull handler returns them. */
async function pullRows(
  { sql }: Context,
  reply: FastifyReply,
  ask: PullAsk & { centreId: number; collection: string },
): Promise<unknown> {
  type State = RowsAsk['rows'][number]['newDocumentState'];
  const page = await pullDocs(sql, ask, ({ body, deleted }) => toRow({ body: body as State, deleted }));
  if (page === null) return refuse(reply, 'must-refetch');
  return { documents: page.docs, checkpoint: { seq: page.cursor }, more: page.more };
}

function toOwner(caller: Caller | null, collection: string): { centreId: number; device: string } | null {
  if (caller?.kind === 'device') return { centreId: caller.centreId, device: caller.device };
  return collection === 'services' || collection === 'reference' ? { centreId: 0, device: '' } : null;
}

function toAnswer(reply: FastifyReply, epoch: string, page: object | null): unknown {
  return page === null ? refuse(reply, 'must-refetch', { detail: 'ahead' }) : { epoch, ...page };
}

function toStateDoc(
  { seq, body, deleted }: { seq: number; body: unknown; deleted: boolean },
  demo: boolean,
): unknown {
  const { demoPin: _, ...rest } = body as { demoPin?: string };
  return { seq, ...(deleted ? { deleted } : {}), doc: demo ? body : rest };
}
