import type { EventBody } from '#model/case-event';
import type { EnrolAnswer } from '#protocol/enrol';
import type { PushAnswer } from '#protocol/push';
import { createDeskKey } from '../../../sync/server/auth/desk-key.fixture.ts';

/** A desk without a window: it speaks the protocol as any station would. */
export type ScriptedDesk = {
  device: string;
  /** Sends one more event about a case and says what the centre made of it. */
  tell(caseId: string, told: EventBody): Promise<PushAnswer['results'][number] | undefined>;
};

export async function enrolScripted(
  central: string,
  as: { desk: string; code: string },
): Promise<ScriptedDesk> {
  const key = createDeskKey();
  const { device, token } = (await post(`${central}/v1/enrol`, key.toEnrolAsk(as))) as EnrolAnswer;
  const pulled = await fetch(`${central}/v1/pull/events?since=0`, { headers: headersOf(token) });
  const { epoch } = (await pulled.json()) as { epoch: string };
  let n = 0;
  return {
    device,
    async tell(caseId, told) {
      n += 1;
      const at = Date.now();
      const hlc = `${String(at).padStart(13, '0')}:0000:${device}`;
      const by = 'baxmal-clerk-2';
      const event = { id: `${device}-${n}`, caseId, device, n, by, at, hlc, base: 0, schema: 1, ...told };
      const ask = key.signed({ device, epoch, from: n, events: [event] });
      const answer = (await post(`${central}/v1/push/events`, ask, token)) as PushAnswer;
      return answer.results[0];
    },
  };
}

/** A case as another desk would open it; `service` may be one that nobody else knows. */
export function toOpened(as: {
  number: string;
  service: string;
  answers: Record<string, string>;
  dueAt?: number;
}): EventBody {
  return {
    type: 'case.opened',
    body: {
      number: as.number,
      service: { code: as.service, version: 1 },
      channel: 'hall',
      language: 'uz-Latn',
      answers: as.answers,
      missing: [],
      fee: { amount: 0, baseAmount: 0, tier: 'base', currency: 'UZS' },
      dueAt: as.dueAt ?? null,
      acceptedOffline: false,
    },
  };
}

async function post(url: string, body: unknown, token?: string): Promise<unknown> {
  const answer = await fetch(url, { method: 'POST', headers: headersOf(token), body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

function headersOf(token?: string): Record<string, string> {
  return {
    'darcha-protocol': '1',
    'content-type': 'application/json',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
}
