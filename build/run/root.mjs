import { fileURLToPath } from 'node:url';

/** The folder of the project, with a separator at its end left out. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');
