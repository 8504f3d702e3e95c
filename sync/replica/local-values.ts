import type { LocalRows } from './local-rows.ts';

export type LocalValues = {
  read(key: string): Promise<unknown>;
  write(key: string, value: unknown): Promise<void>;
};

export function createLocalValues(rows: LocalRows): LocalValues {
  return {
    read: (key) => rows.find(`value/${key}`),
    write: (key, value) => rows.write('value', `value/${key}`, value),
  };
}
