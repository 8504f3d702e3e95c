import type { Case } from '#model/case';
import { NO_DUE_DATE } from '#model/case';
import { localDate } from '#model/deadline';
import { maskPinfl } from '#model/identity/pinfl';
import type { Centre } from '#model/reference';
import type { Service } from '#model/service';
import { applicantShortName } from '../components/applicant-name.ts';
import { feeGround } from '../components/fee-ground.ts';
import { createTranslate, type Language } from '../i18n/messages.ts';

/** What stands on a receipt: no more of the citizen than initials and a masked number. */
export type ReceiptFacts = {
  language: Language;
  number: string;
  centre: { name: string; address: string; phone: string; country: Centre['country'] };
  utcOffsetMinutes: number;
  /** `null`: another desk took the case. */
  desk: string | null;
  operator: string;
  applicant: string;
  pinfl: string | null;
  service: { code: string; name: string; result: string };
  acceptedAt: number;
  acceptedOffline: boolean;
  /** `null`: no date can be promised. */
  dueAt: number | null;
  fee: Case['fee'];
  /** Why the fee is what it is; `null` where the tariff is not known. */
  feeGround: string | null;
  /** Papers of which copies were taken; a label of `null` is a paper outside the checklist. */
  documents: { label: string | null; copies: number }[];
  missing: string[];
  fetched: string[];
  demo: boolean;
};

/** What a receipt says besides the case; `service` is `null` where this computer does not know it. */
export type ReceiptContext = {
  service: Service | null;
  centre: Centre;
  operator: string;
  desk: string | null;
  demo: boolean;
};

/** Gathers a receipt in the applicant's own language; a service this computer does not know shows its code. */
export function toReceiptFacts(
  it: Case,
  { service, centre, operator, desk, demo }: ReceiptContext,
): ReceiptFacts {
  const { language } = it;
  const labels = new Map(service?.checklist.map((item) => [item.code, item.label[language]]));
  const copies = new Map<string | null, number>();
  for (const { item } of it.documents) {
    const label = labels.get(item) ?? null;
    copies.set(label, (copies.get(label) ?? 0) + 1);
  }
  const pinfl = it.answers['applicant.pinfl'];
  return {
    language,
    number: it.number,
    centre: {
      name: centre.name[language],
      address: centre.address[language],
      phone: centre.phone,
      country: centre.country,
    },
    utcOffsetMinutes: centre.utcOffsetMinutes,
    desk,
    operator,
    applicant: applicantShortName(it.answers),
    pinfl: typeof pinfl === 'string' && pinfl !== '' ? maskPinfl(pinfl) : null,
    service: {
      code: it.serviceCode,
      name: service?.name[language] ?? it.serviceCode,
      result: service?.result[language] ?? '',
    },
    acceptedAt: it.openedAt,
    acceptedOffline: it.acceptedOffline,
    dueAt: it.dueAt === NO_DUE_DATE ? null : it.dueAt,
    fee: it.fee,
    feeGround:
      service &&
      feeGround(it.fee, {
        t: createTranslate(language),
        language,
        service,
        today: localDate(it.openedAt, centre.utcOffsetMinutes),
      }),
    documents: [...copies].map(([label, count]) => ({ label, copies: count })),
    missing: it.missing.map((code) => labels.get(code) ?? code),
    fetched:
      service?.checklist.filter((item) => item.source === 'fetched').map((item) => item.label[language]) ??
      [],
    demo,
  };
}
