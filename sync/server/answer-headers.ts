import type { FastifyInstance } from 'fastify';

/** On every answer: it is data, never a page, and no proxy between keeps it. Short, as each byte is sent on thin lines. */
export const ANSWER_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'",
  'x-content-type-options': 'nosniff',
};

/** Puts them on what does not say otherwise itself. */
export function addAnswerHeaders(server: FastifyInstance): void {
  server.addHook('onRequest', async (_request, reply) => {
    reply.headers({ ...ANSWER_HEADERS });
  });
}
