export type FoundBrowser =
  | { program: string }
  /** Two halves of sentences for whoever started us: what is wrong, and what to do. */
  | { program: null; why: string; next: string };

export function findBrowser(where?: {
  platform?: NodeJS.Platform;
  env?: NodeJS.ProcessEnv;
  canStart?: (path: string) => boolean;
}): FoundBrowser;
