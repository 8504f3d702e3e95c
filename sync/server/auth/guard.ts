import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { OLDEST_SERVED, PROTOCOL_HEADER, PROTOCOL_VERSION } from '#protocol/protocol-version';
import type { Context } from '../context.ts';
import { refuse } from '../refuse.ts';
import { type Caller, type DeviceCaller, identify } from './identify.ts';

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null;
  }
  interface FastifyContextConfig {
    /** Who may come in; without it a device. A probe need not even speak the protocol. */
    access?: 'probe' | 'anybody' | 'device-or-admin' | 'admin';
  }
}

/** Looks at every request before its body is read: does it speak our protocol, and who is it. */
export function addGuard(server: FastifyInstance, context: Context): void {
  server.decorateRequest('caller', null);
  server.addHook('onRequest', async (request, reply) => {
    const { access } = request.routeOptions.config;
    if (access === 'probe') return undefined;
    if (!isServed(request.headers[PROTOCOL_HEADER])) return refuseVersion(reply);
    if (access === 'anybody') return undefined;
    const found = await identify(context, request.headers.authorization);
    if (found.outcome === 'unknown') return refuse(reply, 'unauthorised');
    if (found.outcome === 'revoked') return refuse(reply, 'device-revoked');
    if (!mayEnter(found.caller, access)) return refuse(reply, 'not-allowed');
    request.caller = found.caller;
    return undefined;
  });
}

/** The device that asks; the guard let nobody else in. */
export function deviceOf(request: FastifyRequest): DeviceCaller {
  if (request.caller?.kind !== 'device') throw new Error('a route for devices was entered by another');
  return request.caller;
}

export function refuseVersion(reply: FastifyReply): FastifyReply {
  return refuse(reply, 'update-needed', { min: OLDEST_SERVED, max: PROTOCOL_VERSION });
}

export function isServed(header: string | string[] | undefined): boolean {
  const version = Number(header ?? Number.NaN);
  return Number.isInteger(version) && version >= OLDEST_SERVED && version <= PROTOCOL_VERSION;
}

function mayEnter(caller: Caller, access: 'device-or-admin' | 'admin' | undefined): boolean {
  if (access === 'device-or-admin') return true;
  return caller.kind === (access === 'admin' ? 'admin' : 'device');
}
