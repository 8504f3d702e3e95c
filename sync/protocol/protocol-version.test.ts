import { readdirSync } from 'node:fs';
import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { CaseEvent } from '#model/case-event';
import { toCanonicalJson } from './chain.ts';
import { HISTORY, OLDEST_SERVED, PROTOCOL_VERSION } from './protocol-version.ts';

async function hashOfAllSchemas(): Promise<string> {
  const schemas: Record<string, unknown> = { 'event.CaseEvent': toJsonSchema(CaseEvent) };
  const files = readdirSync(new URL('.', import.meta.url)).filter((it) => /(?<!\.test)\.ts$/.test(it));
  for (const file of files) {
    const exported: Record<string, unknown> = await import(new URL(file, import.meta.url).href);
    for (const [name, schema] of Object.entries(exported)) {
      if (schema instanceof z.ZodType) schemas[`${file}/${name}`] = toJsonSchema(schema);
    }
  }
  return bytesToHex(sha256(new TextEncoder().encode(toCanonicalJson(schemas))));
}

/** As it goes over the line: what a default fills in may be missing there. */
function toJsonSchema(schema: z.ZodType): unknown {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'throw', reused: 'inline' });
}

test('no message changes without a new protocol version', async () => {
  const hash = await hashOfAllSchemas();
  const last = HISTORY.at(-1);
  expect(
    last?.schemaHash,
    [
      `The messages have changed: their schemas hash to ${hash}.`,
      `If version ${PROTOCOL_VERSION} has been released: raise PROTOCOL_VERSION, add a line to HISTORY with`,
      'this hash, and convert for the older stations in sync/server/compat/.',
      `If it has not been released yet: put this hash in the last line of HISTORY.`,
    ].join('\n'),
  ).toBe(hash);
});

test('the history ends with the version that is spoken, and counts up by one', () => {
  expect(HISTORY.map((it) => it.version)).toEqual(
    HISTORY.map((_, index) => (HISTORY[0]?.version ?? 0) + index),
  );
  expect(HISTORY.at(-1)?.version).toBe(PROTOCOL_VERSION);
  expect(OLDEST_SERVED).toBeLessThanOrEqual(PROTOCOL_VERSION);
});
