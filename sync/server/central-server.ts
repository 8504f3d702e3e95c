import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, LogController } from 'fastify';
import { addAnswerHeaders } from './answer-headers.ts';
import { addGuard } from './auth/guard.ts';
import { type Context, LIMITS } from './context.ts';
import { addRequestLimits } from './limit-requests.ts';
import { addRequestRecord } from './measure-requests.ts';
import { addAnswerPacking } from './pack-answers.ts';
import { addJsonReader, TooLarge, Unreadable } from './read-json.ts';
import { refuse } from './refuse.ts';
import { addCredentialRoutes } from './routes/credentials.ts';
import { addEnrolRoutes } from './routes/enrol.ts';
import { addFileRoutes } from './routes/files.ts';
import { addHealthRoutes } from './routes/health.ts';
import { addHelloRoute } from './routes/hello.ts';
import { addOfferRoute } from './routes/offer.ts';
import { addPokeRoute } from './routes/poke.ts';
import { addPullRoute } from './routes/pull.ts';
import { addPushRoutes } from './routes/push.ts';
import { addSnapshotRoutes } from './routes/snapshots.ts';
import { addSyncReportRoute } from './routes/sync-report.ts';
import { addBodyTaking } from './routes/take-body.ts';
import { addTokenRoutes } from './routes/token.ts';
import { addUploadRoutes, UPLOADS_PATH } from './routes/uploads.ts';
import { addVerifyRoute } from './routes/verify.ts';
import { StoreFailure } from './store/byte-store.ts';
import { sqlState } from './store/sql.ts';

export type CentralServerOptions = Context & {
  /** PEM; with it the server speaks https and nothing else. */
  tls?: { cert: Buffer; key: Buffer };
  /** Where log lines go; without it nothing is logged. */
  log?: { write(line: string): void };
  /** A connection on which nothing comes for so long is ended; a minute by default. */
  idleMs?: number;
  /** What one device, or one address without a token, may ask a minute; `REQUESTS_A_MINUTE` by default. */
  requestsAMinute?: number;
  /** How long the head of a request and the whole of it may take to come; a minute and fifteen by default. */
  patience?: { headMs: number; wholeMs: number };
};

/** Connections are looked through so often for requests that take too long. */
const LOOK_EVERY_MS = 30_000;

/** The central server, not yet listening. Its log names routes and devices, never what was sent. */
export async function createCentralServer(options: CentralServerOptions): Promise<FastifyInstance> {
  const { headMs, wholeMs } = options.patience ?? { headMs: 60_000, wholeMs: 15 * 60_000 };
  const patience = { headersTimeout: headMs, connectionsCheckingInterval: Math.min(LOOK_EVERY_MS, headMs) };
  const server = Fastify({
    logger: options.log === undefined ? false : { level: 'info', stream: options.log },
    // Its own lines would hold URLs and messages of errors.
    logController: new LogController({ disableRequestLogging: true }),
    ...(options.tls === undefined
      ? { http: patience }
      : { https: { ...options.tls, ...patience, minVersion: 'TLSv1.2' } }),
    bodyLimit: LIMITS.bodyBytes,
    // A slow line may take minutes for a body, so idle time is bounded closely and the whole far away: whoever sends a
    // byte at a time to keep a connection is cut off too.
    keepAliveTimeout: 120_000,
    requestTimeout: wholeMs,
    connectionTimeout: options.idleMs ?? 60_000,
    // While it stops, what comes on an open connection is answered, and that connection ends with it.
    return503OnClosing: false,
  });
  addAnswerHeaders(server);
  addJsonReader(server);
  addAnswerPacking(server);
  addBodyTaking(server, UPLOADS_PATH);
  addGuard(server, options);
  await addRequestLimits(server, options.requestsAMinute);
  addRequestRecord(server, options.metrics);
  server.setErrorHandler<FastifyError>((error, _request, reply) => answerError(server, error, reply));
  server.setNotFoundHandler((_request, reply) => refuse(reply, 'not-found'));
  addHealthRoutes(server, options);
  addEnrolRoutes(server, options);
  addCredentialRoutes(server, options);
  addTokenRoutes(server, options);
  addHelloRoute(server, options);
  addPushRoutes(server, options);
  addOfferRoute(server, options);
  addPullRoute(server, options);
  addSnapshotRoutes(server, options);
  addPokeRoute(server, options);
  addVerifyRoute(server, options);
  addSyncReportRoute(server, options);
  addFileRoutes(server, options);
  await addUploadRoutes(server, options);
  return server;
}

/** Classes of SQLSTATE by which the database says "not now". */
const NOT_NOW = /^(08|53|57|40001|40P01|55P03)/;

function answerError(server: FastifyInstance, error: FastifyError, reply: FastifyReply): FastifyReply {
  if (error instanceof TooLarge || error.code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return refuse(reply, 'too-large');
  if (error instanceof Unreadable) return refuse(reply, 'unreadable', { detail: error.message });
  if (error.statusCode !== undefined && error.statusCode < 500) {
    return refuse(reply, 'bad-request', { detail: error.code });
  }
  // The message of a database error may quote what somebody typed: only where it came from is logged.
  server.log.error({ name: error.name, code: error.code, at: toFrames(error.stack) });
  const state = sqlState(error) ?? '';
  return error instanceof StoreFailure || NOT_NOW.test(state) || /^E(CONN|TIMEDOUT|PIPE)/.test(state)
    ? refuse(reply, 'unavailable', { retryAfterSeconds: 5 })
    : refuse(reply, 'internal');
}

function toFrames(stack = ''): string[] {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8);
}
