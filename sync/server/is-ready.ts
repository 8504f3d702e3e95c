import type { Context } from './context.ts';
import { isSchemaCurrent } from './store/migrate.ts';

/** The database answers, it has every step of this program, and nobody has asked this server to stop. */
export async function isReady({ sql, life }: Pick<Context, 'sql' | 'life'>): Promise<boolean> {
  if (life.stopping) return false;
  return isSchemaCurrent(sql).catch(() => false);
}
