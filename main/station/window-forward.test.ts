import { expect, test } from 'vitest';
import type { ForwardAsk } from './central-forward.ts';
import type { ForwardAnswer } from './own-answer.ts';
import { createWindowForward } from './window-forward.ts';

test('a window gets at nothing by which people are known, however it is written', async () => {
  const passed: string[] = [];
  let heard = 0;
  const answer: ForwardAnswer = { status: 200, headers: {}, body: (async function* () {})() };
  const forward = createWindowForward(
    async ({ path }) => {
      passed.push(path);
      return answer;
    },
    () => {
      heard += 1;
    },
  );
  const ask = async (path: string): Promise<number> => {
    const it: ForwardAsk = {
      method: 'GET',
      path,
      headers: {},
      body: null,
      signal: new AbortController().signal,
    };
    return (await forward(it)).status;
  };
  for (const path of [
    '/v1/credentials',
    '/v1/credentials?x=1',
    '/v1/credentials/',
    '/v1/Credentials',
    '/v1//credentials',
    '/v1/./credentials',
    '/v1/cred%65ntials',
    '/v1/sign-in',
    '/v1/sign%2Din',
  ]) {
    expect([path, await ask(path)]).toEqual([path, 404]);
  }
  expect([passed, heard]).toEqual([[], 0]);
  expect(await ask('/v1/hello')).toBe(200);
  expect(await ask('/v1/pull/events?since=0')).toBe(200);
  expect([passed, heard]).toEqual([['/v1/hello', '/v1/pull/events?since=0'], 1]);
});
