import type { Answers } from '#model/answer';
import type { CaseEvent, EventBody } from '#model/case-event';
import { formatCaseNumber } from '#model/case-number';
import { type CaseStatus, TRANSITIONS } from '#model/case-status';
import { checkPinfl } from '#model/identity/pinfl';
import { newId } from '#model/new-id';
import type { Service } from '#model/service';

const DAY_MS = 86_400_000;
const SYLLABLES = [
  'nor',
  'bek',
  'zul',
  'fa',
  'shah',
  'mir',
  'oʻg',
  'ta',
  'qo',
  'lim',
  'sar',
  'gʻa',
  'du',
  'ron',
];
/** How far a case has come, by its number in the row: most are still open. */
const WAYS: readonly (readonly CaseStatus[])[] = [
  [],
  ['in-process'],
  [],
  ['in-process', 'ready'],
  [],
  ['ready', 'issued'],
];

export type EventPlan = {
  count: number;
  device: string;
  deskNumber: number;
  prefix: string;
  by: string;
  services: readonly Service[];
  now: number;
};

/** Cases as one desk would have taken them, as its events from 1 on. All names and numbers are invented. */
export function makeEvents(plan: EventPlan): CaseEvent[] {
  const chance = createChance(plan.count);
  const events: CaseEvent[] = [];
  const record = (caseId: string, at: number, body: EventBody): void => {
    const n = events.length + 1;
    const hlc = `${String(at).padStart(13, '0')}:0000:${plan.device}`;
    events.push({
      id: newId(),
      caseId,
      device: plan.device,
      n,
      by: plan.by,
      at,
      hlc,
      base: 0,
      schema: 1,
      ...body,
    });
  };
  for (let serial = 1; serial <= plan.count; serial += 1) {
    const caseId = newId();
    const openedAt = plan.now - Math.floor((60 * DAY_MS * (plan.count - serial)) / plan.count) - DAY_MS;
    record(caseId, openedAt, toOpened(plan, serial, openedAt, chance));
    let from: CaseStatus = 'new';
    for (const to of WAYS[serial % WAYS.length] ?? []) {
      if (!TRANSITIONS[from].includes(to)) throw new Error(`no case goes from ${from} to ${to}`);
      record(caseId, openedAt + 3_600_000, {
        type: 'state.moved',
        body: { from, to, grounds: [], reason: '' },
      });
      from = to;
    }
  }
  return events;
}

type Chance = (below: number) => number;

/** The same row of numbers in each run. */
function createChance(seed: number): Chance {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function toOpened(plan: EventPlan, serial: number, openedAt: number, chance: Chance): EventBody {
  const service = plan.services[chance(plan.services.length)];
  if (service === undefined) throw new Error('the catalogue is empty');
  return {
    type: 'case.opened',
    body: {
      number: formatCaseNumber({
        prefix: plan.prefix,
        year: new Date(openedAt).getUTCFullYear(),
        desk: plan.deskNumber,
        serial,
      }),
      service: { code: service.code, version: service.version },
      channel: 'window',
      language: 'uz-Latn',
      answers: { ...makeApplicant(chance), ...makeForm(service, chance) },
      missing: [],
      fee: { amount: 41_200, baseAmount: 412_000, tier: 'base', currency: 'UZS' },
      dueAt: openedAt + (3 + chance(40)) * DAY_MS,
      acceptedOffline: serial % 2 === 0,
    },
  };
}

function makeApplicant(chance: Chance): Answers {
  const birthDate = `19${60 + chance(40)}-0${1 + chance(9)}-${10 + chance(18)}`;
  const sex = chance(2) === 0 ? 'm' : 'f';
  return {
    'applicant.kind': 'person',
    'applicant.surname': `${makeName(chance)}ov${sex === 'f' ? 'a' : ''}`,
    'applicant.givenName': makeName(chance),
    'applicant.patronymic': `${makeName(chance)} ${sex === 'f' ? 'qizi' : 'oʻgʻli'}`,
    'applicant.birthDate': birthDate,
    'applicant.sex': sex,
    'applicant.pinfl': makePinfl(birthDate, sex, chance),
    'applicant.documentType': 'id-card',
    'applicant.documentNumber': `AD${1_000_000 + chance(9_000_000)}`,
    'applicant.citizenship': 'UZB',
    'applicant.phone': `+99890${1_000_000 + chance(9_000_000)}`,
    'applicant.address.street': makeName(chance),
    'applicant.address.house': String(1 + chance(120)),
  };
}

function makeForm(service: Service, chance: Chance): Answers {
  const answers: Answers = {};
  for (const field of service.form) {
    if (field.kind === 'text') answers[`form.${field.key}`] = makeName(chance).slice(0, field.maxLength);
    if (field.kind === 'date') answers[`form.${field.key}`] = '2026-05-14';
  }
  return answers;
}

function makeName(chance: Chance): string {
  const parts = [0, 1, 2].map(() => SYLLABLES[chance(SYLLABLES.length)] ?? '');
  const name = parts.join('');
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function makePinfl(birthDate: string, sex: string, chance: Chance): string {
  const [year = '', month = '', day = ''] = birthDate.split('-');
  const start = `${sex === 'm' ? 3 : 4}${day}${month}${year.slice(2)}${100 + chance(900)}${100 + chance(900)}`;
  const all = [...'0123456789'].map((digit) => start + digit);
  return all.find((it) => checkPinfl(it).outcome === 'ok') ?? '';
}
