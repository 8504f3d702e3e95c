import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Heads } from '#protocol/collection';
import { POKE_HEARTBEAT_MS, POKE_PATH } from '#protocol/poke';
import { ANSWER_HEADERS } from '../answer-headers.ts';
import { deviceOf } from '../auth/guard.ts';
import type { Context } from '../context.ts';
import { createWatchHeads } from '../store/watch-heads.ts';

type Channel = { say(heads: Heads): void; end(): void };

/** `GET /v1/poke`: heads, as they move. One channel a device: a newer one ends the one before. */
export function addPokeRoute(server: FastifyInstance, { sql }: Context): void {
  const channels = new Map<string, Channel>();
  const heads = createWatchHeads(sql, (error) =>
    server.log.error({ name: error instanceof Error ? error.name : 'unknown', at: 'watch-heads' }),
  );
  // Before the server waits for its connections: these would never end by themselves.
  server.addHook('preClose', async () => {
    for (const it of channels.values()) it.end();
    heads.close();
  });
  server.get(POKE_PATH, (request, reply) => {
    const { centreId, device } = deviceOf(request);
    reply.hijack();
    if (reply.raw.destroyed) return;
    channels.get(device)?.end();
    const channel = openChannel(reply.raw, () => {
      stop();
      if (channels.get(device) === channel) channels.delete(device);
    });
    channels.set(device, channel);
    const stop = heads.listen({ centreId, device, moved: channel.say, revoked: channel.end });
  });
}

function openChannel(raw: ServerResponse, closed: () => void): Channel {
  let latest: string | null = null;
  let timer: ReturnType<typeof setInterval>;
  raw.writeHead(200, {
    ...ANSWER_HEADERS,
    'content-type': 'text/event-stream',
    'x-accel-buffering': 'no',
  });
  raw.flushHeaders();
  const write = (text: string): void => {
    clearInterval(timer);
    timer = setInterval(() => write(':\n\n'), POKE_HEARTBEAT_MS);
    // Nothing piles up for a reader that takes nothing: it is told the latest once it reads again.
    if (!raw.writableNeedDrain) raw.write(text);
    else if (text.startsWith('data:')) latest = text;
  };
  raw.on('drain', () => {
    const text = latest;
    latest = null;
    if (text !== null) write(text);
  });
  raw.on('close', () => {
    clearInterval(timer);
    closed();
  });
  timer = setInterval(() => write(':\n\n'), POKE_HEARTBEAT_MS);
  return {
    say: (heads) => write(`data: ${JSON.stringify(heads)}\n\n`),
    end() {
      raw.end();
      raw.socket?.destroySoon();
    },
  };
}
