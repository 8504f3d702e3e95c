import type { FastifyReply } from 'fastify';
import type { ErrorAnswer, ErrorCode } from '#protocol/error';

const STATUS: Record<ErrorCode, number> = {
  'bad-request': 400,
  unauthorised: 401,
  'device-revoked': 403,
  'not-allowed': 403,
  'bad-signature': 403,
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

/** A refusal as a value, for what answers without knowing of HTTP. */
export class Refusal {
  readonly error: ErrorCode;
  readonly more: Omit<ErrorAnswer, 'error'>;
  constructor(error: ErrorCode, more: Omit<ErrorAnswer, 'error'> = {}) {
    this.error = error;
    this.more = more;
  }
}

/** What a handler answers: the message, or a refusal with its status. */
export function reply<T>(to: FastifyReply, answer: T | Refusal): T | FastifyReply {
  return answer instanceof Refusal ? refuse(to, answer.error, answer.more) : answer;
}

/** Answers with a refusal of the protocol. `more.detail` is for people who read logs. */
export function refuse(
  to: FastifyReply,
  error: ErrorCode,
  more: Omit<ErrorAnswer, 'error'> = {},
  status = STATUS[error],
): FastifyReply {
  if (more.retryAfterSeconds !== undefined) to.header('retry-after', String(more.retryAfterSeconds));
  to.request.refusal = error;
  const answer: ErrorAnswer = { error, ...more };
  return to.code(status).send(answer);
}
