import type { CentralForward } from './central-forward.ts';
import { ownAnswer } from './own-answer.ts';

/** What a window may ask of the centre through us; all else is the station's own. */
const FOR_WINDOWS = /^\/v1\/(hello|offer|verify|poke|push\/|pull\/|snapshots\/|report\/)/;

/** Keeps a window from what only the station may ask for: keys, tokens, and what people know. */
export function createWindowForward(forward: CentralForward): CentralForward {
  return (ask) => (isForWindows(ask.path) ? forward(ask) : Promise.resolve(ownAnswer(404, 'not-found')));
}

/** As it is asked: `..` in it would come out somewhere else. */
function isForWindows(path: string): boolean {
  const asked = path.split('?')[0] ?? '';
  return FOR_WINDOWS.test(asked) && new URL(asked, 'http://central').pathname === asked;
}
