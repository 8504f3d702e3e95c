import { formatCaseNumber } from '#model/case-number';
import { enrolScripted, type ScriptedDesk, toOpened } from './scripted-desk.ts';

export const PEOPLE = [
  { surname: 'Abdurahmonova', givenName: 'Muhayyo', patronymic: 'Shavkatjon qizi' },
  { surname: 'Toʻxtasinov', givenName: 'Gʻayratjon', patronymic: 'Oʻrinboyevich' },
  { surname: 'Eshmuhammadova', givenName: 'Oygul', patronymic: 'Baxtiyor qizi' },
  { surname: 'Qoʻchqorov', givenName: 'Ulugʻbek', patronymic: 'Ismoilovich' },
];
const SERVICES = ['LAN-01', 'FHD-01', 'BUS-01', 'JUS-05', 'HOU-03', 'EDU-01', 'SOC-01', 'SOC-03'];
const DAY_MS = 86_400_000;

export type Office = {
  conflictCase: string;
  plainCase: string;
  /** Of a service that wants a second person to look at a refusal. */
  fourEyesCase: string;
};

/** Two more desks of the centre with cases in every state, one of them with a conflict. */
export async function fillOffice(central: string): Promise<Office> {
  const one = await enrolScripted(central, { desk: '2', code: 'DEMO-BAXMAL' });
  const other = await enrolScripted(central, { desk: '3', code: 'DEMO-BAXMAL' });
  for (const [index, service] of SERVICES.entries()) {
    await openCase(one, index, service);
  }
  const move = async (index: number, from: string, to: string, more: object = {}): Promise<void> => {
    const body = { from, to, grounds: [], reason: '', ...more };
    await one.tell(caseId(index), { type: 'state.moved', body } as Parameters<ScriptedDesk['tell']>[1]);
  };
  await move(0, 'new', 'in-process');
  await move(1, 'new', 'in-process');
  await move(1, 'in-process', 'ready');
  await move(2, 'new', 'in-process');
  await move(2, 'in-process', 'returned', { reason: 'Ijara shartnomasi yoʻq' });
  await move(3, 'new', 'cancelled', { reason: 'Fuqaroning iltimosiga koʻra' });
  await one.tell(caseId(7), {
    type: 'note.added',
    body: { id: 'note-1', text: 'Fuqaro ertaga asl hujjatni olib keladi' },
  });
  const street = (desk: ScriptedDesk, set: string) =>
    desk.tell(caseId(7), {
      type: 'field.set',
      body: { set: { 'applicant.surname': set }, was: { 'applicant.surname': nameOf(7).surname } },
    });
  await street(one, 'Qoʻchqorova');
  await street(other, 'Kuchkarova');
  return { conflictCase: caseId(7), plainCase: caseId(0), fourEyesCase: caseId(6) };
}

async function openCase(desk: ScriptedDesk, index: number, service: string): Promise<void> {
  const { surname, givenName, patronymic } = nameOf(index);
  const opened = toOpened({
    number: formatCaseNumber({ prefix: '1708204', year: 2026, desk: 2, serial: index + 1 }),
    service,
    answers: {
      'applicant.kind': 'person',
      'applicant.surname': surname,
      'applicant.givenName': givenName,
      'applicant.patronymic': patronymic,
      'applicant.birthDate': '1984-02-29',
      'applicant.pinfl': '42902849990028',
      'applicant.documentNumber': 'AA0000001',
      'applicant.phone': '+998901234567',
    },
    dueAt: Date.now() + (index - 2) * DAY_MS,
  });
  await desk.tell(caseId(index), opened);
}

function caseId(index: number): string {
  return `case-of-screens-${index}`;
}

function nameOf(index: number): (typeof PEOPLE)[number] {
  return PEOPLE[index % PEOPLE.length] as (typeof PEOPLE)[number];
}
