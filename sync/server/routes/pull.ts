import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { RowsAsk } from '#protocol/push';
import type { Caller } from '../auth/identify.ts';
import type { Context } from '../context.ts';
import { Refusal, reply as toReply } from '../refuse.ts';
import { type PullAsk, pullCases, pullDocs, pullEvents } from '../store/pull-pages.ts';
import { toRow } from '../store/push-rows.ts';
import type { Query } from '../store/sql.ts';
import { isRowCollection } from './row-collections.ts';

const PullQuery = z.object({
  since: z.coerce.number().pipe(z.int().nonnegative()).default(0),
  bytes: z.coerce.number().pipe(z.int().min(1).max(4_194_304)).default(65_536),
  full: z.enum(['0', '1']).default('0'),
});

const STATE_COLLECTIONS = ['services', 'reference', 'staff'];

/** `GET /v1/pull/{collection}`. An administrator may read what belongs to no centre. */
export function addPullRoute(server: FastifyInstance, context: Context): void {
  const route = { config: { access: 'device-or-admin' } } as const;
  server.get<{ Params: { collection: string } }>('/v1/pull/:collection', route, async (request, reply) => {
    const { collection } = request.params;
    return toReply(reply, await answerPull(context, request.caller, { collection, query: request.query }));
  });
}

/** A page of a collection for whoever asks. */
export async function answerPull(
  context: Pick<Context, 'sql' | 'demo'>,
  caller: Caller | null,
  { collection, query }: { collection: string; query: unknown },
): Promise<unknown> {
  const { sql } = context;
  const read = PullQuery.safeParse(query);
  if (!read.success) return new Refusal('bad-request', { detail: 'since, bytes or full' });
  const { full, ...ask } = read.data;
  const owner = toOwner(caller, collection);
  if (owner === null || caller === null) return new Refusal('not-allowed');
  const { epoch } = caller;
  if (collection === 'events') {
    return toAnswer(epoch, await pullEvents(sql, { ...ask, ...owner, full: full === '1' }));
  }
  if (collection === 'cases') return toAnswer(epoch, await pullCases(sql, { ...ask, ...owner }));
  if (STATE_COLLECTIONS.includes(collection)) {
    const page = await pullDocs(sql, { ...ask, ...owner, collection }, (row) =>
      toStateDoc(row, context.demo),
    );
    return toAnswer(epoch, page);
  }
  return isRowCollection(collection)
    ? pullRows(sql, { ...ask, ...owner, collection })
    : new Refusal('not-found');
}

/** Rows as RxDB's pull handler returns them. */
async function pullRows(
  sql: Query,
  ask: PullAsk & { centreId: number; collection: string },
): Promise<unknown> {
  type State = RowsAsk['rows'][number]['newDocumentState'];
  const page = await pullDocs(sql, ask, ({ body, deleted }) => toRow({ body: body as State, deleted }));
  if (page === null || page === 'compacted') return toRefetch(page);
  return { documents: page.docs, checkpoint: { seq: page.cursor }, more: page.more };
}

function toOwner(caller: Caller | null, collection: string): { centreId: number; device: string } | null {
  if (caller?.kind === 'device') return { centreId: caller.centreId, device: caller.device };
  return collection === 'services' || collection === 'reference' ? { centreId: 0, device: '' } : null;
}

function toAnswer(epoch: string, page: object | null | 'compacted'): unknown {
  return page === null || page === 'compacted' ? toRefetch(page) : { epoch, ...page };
}

function toRefetch(page: null | 'compacted'): Refusal {
  if (page === null) return new Refusal('must-refetch', { reason: 'scope', detail: 'ahead' });
  return new Refusal('must-refetch', { reason: 'compacted' });
}

function toStateDoc(
  { seq, body, deleted }: { seq: number; body: unknown; deleted: boolean },
  demo: boolean,
): unknown {
  // Servers before this one kept a verifier in the document: it goes to nobody.
  const { pin: _pin, ...known } = body as { pin?: unknown };
  const { demoPin: _, ...rest } = known as { demoPin?: string };
  return { seq, ...(deleted ? { deleted } : {}), doc: demo ? known : rest };
}
