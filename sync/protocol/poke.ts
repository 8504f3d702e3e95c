/**
 * `GET /v1/poke`: server-sent events that carry heads and nothing else.
 *
 * The first comes at once, each further one when a stream that this device may read has moved. Who hears of a
 * head beyond its cursor asks for the rest as ever; who hears nothing asks from time to time.
 */
export const POKE_PATH = '/v1/poke';

/** A comment is sent after so much silence, so that both ends and every proxy know of a dead line. */
export const POKE_HEARTBEAT_MS = 25_000;
/** Silence after which the reader takes the channel for dead: two heartbeats were lost. */
export const POKE_DEAD_MS = 60_000;
