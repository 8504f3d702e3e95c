import type { FastifyReply } from 'fastify';
import type { ErrorAnswer, ErrorCode } from '#protocol/error';

const STATUS: Record<ErrorCode, number> = {
  'bad-request': 400,
  unauthorised: 401,
  'device-revoked': 403,
  'not-allowed': 403,
  'not-found': 404,
  gap: 409,
  'must-refetch': 409,
  'too-large': 413,
  unreadable: 422,
  'update-needed': 426,
  'too-many': 429,
  internal: 500,
  unavailable: 503,
};

/** Answers with a refusal of the protocol. `more.detail` is for people who read logs. */
export function refuse(
  reply: FastifyReply,
  error: ErrorCode,
  more: Omit<ErrorAnswer, 'error'> = {},
): FastifyReply {
  if (more.retryAfterSeconds !== undefined) reply.header('retry-after', String(more.retryAfterSeconds));
  reply.request.refusal = error;
  const answer: ErrorAnswer = { error, ...more };
  return reply.code(STATUS[error]).send(answer);
}
