import type { z } from 'zod';
import { Service } from '#model/service';

type Definition = Omit<z.input<typeof Service>, 'id' | 'version' | 'current' | 'sphere'>;

/** The first version of a service; its sphere is the front of its code. */
export function defineService(definition: Definition): Service {
  const { code } = definition;
  return Service.parse({
    ...definition,
    id: `${code}@1`,
    version: 1,
    current: true,
    sphere: code.slice(0, code.indexOf('-')),
  });
}
