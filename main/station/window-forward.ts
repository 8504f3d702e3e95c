import type { CentralForward } from './central-forward.ts';
import { ownAnswer } from './own-answer.ts';

/** What a window may ask of the centre through us; all else is the station's own. */
const FOR_WINDOWS = /^\/v1\/(hello|offer|verify|poke|push\/|pull\/|snapshots\/|report\/)/;
const HELLO = '/v1/hello';

/**
 * Keeps a window from what only the station may ask for: keys, tokens, and what people know. `heard` is told when a round
 * of its sync has begun well.
 */
export function createWindowForward(forward: CentralForward, heard: () => void): CentralForward {
  return async (ask) => {
    if (!isForWindows(ask.path)) return ownAnswer(404, 'not-found');
    const answer = await forward(ask);
    if (ask.path === HELLO && answer.status === 200) heard();
    return answer;
  };
}

/** As it is asked: `..` in it would come out somewhere else. */
function isForWindows(path: string): boolean {
  const asked = path.split('?')[0] ?? '';
  return FOR_WINDOWS.test(asked) && new URL(asked, 'http://central').pathname === asked;
}
