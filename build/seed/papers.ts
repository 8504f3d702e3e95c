import type { LocalText } from '#model/local-text';
import type { ChecklistItem } from '#model/service';
import { text } from './text.ts';

/** A paper the citizen has to bring. */
export function brings(code: string, label: LocalText): ChecklistItem {
  return { code, label, source: 'brings', required: true };
}

/** A paper that helps but is not asked of everybody. */
export function mayBring(code: string, label: LocalText): ChecklistItem {
  return { code, label, source: 'brings', required: false };
}

/** What the state holds already; nobody may demand it from the citizen. */
export function fetched(code: string, label: LocalText): ChecklistItem {
  return { code, label, source: 'fetched', required: true };
}

export const identityDocument = brings(
  'identity-document',
  text(
    'Shaxsni tasdiqlovchi hujjat (ID-karta yoki pasport)',
    'Шахсни тасдиқловчи ҳужжат (ID-карта ёки паспорт)',
    'Документ, удостоверяющий личность (ID-карта или паспорт)',
    'Identity document (ID card or passport)',
  ),
);
export const parentIdentity = brings(
  'parent-identity',
  text(
    'Ota yoki onaning shaxsini tasdiqlovchi hujjat',
    'Ота ёки онанинг шахсини тасдиқловчи ҳужжат',
    'Документ, удостоверяющий личность одного из родителей',
    'Identity document of a parent',
  ),
);
export const bothIdentities = brings(
  'both-identities',
  text(
    'Har ikki tomonning shaxsini tasdiqlovchi hujjatlar',
    'Ҳар икки томоннинг шахсини тасдиқловчи ҳужжатлар',
    'Документы, удостоверяющие личность обеих сторон',
    'Identity documents of both parties',
  ),
);
export const powerOfAttorney = mayBring(
  'power-of-attorney',
  text(
    'Ishonchnoma (vakil murojaat qilsa)',
    'Ишончнома (вакил мурожаат қилса)',
    'Доверенность (если обращается представитель)',
    'Power of attorney (if a representative applies)',
  ),
);
export const photograph = brings(
  'photograph',
  text(
    '3,5 × 4,5 sm hajmdagi fotosurat',
    '3,5 × 4,5 см ҳажмдаги фотосурат',
    'Фотография 3,5 × 4,5 см',
    'Photograph, 3.5 × 4.5 cm',
  ),
);
export const childMedicalCertificate = brings(
  'child-medical-certificate',
  text(
    'Bolaning tibbiy maʼlumotnomasi',
    'Боланинг тиббий маълумотномаси',
    'Медицинская справка ребёнка',
    'Medical certificate of the child',
  ),
);
export const workDesign = brings(
  'design',
  text('Loyiha hujjatlari', 'Лойиҳа ҳужжатлари', 'Проектная документация', 'Design documents'),
);
export const ownerConsent = brings(
  'owner-consent',
  text(
    'Uy-joy egasining roziligi',
    'Уй-жой эгасининг розилиги',
    'Согласие собственника жилья',
    'Consent of the owner of the dwelling',
  ),
);
export const meterPassport = brings(
  'meter-passport',
  text(
    'Oʻlchash asbobining pasporti',
    'Ўлчаш асбобининг паспорти',
    'Паспорт прибора учёта',
    'Passport of the meter',
  ),
);

export const birthRecord = fetched(
  'birth-record',
  text(
    'Tugʻilganlik haqidagi dalolatnoma yozuvi',
    'Туғилганлик ҳақидаги далолатнома ёзуви',
    'Актовая запись о рождении',
    'Birth record',
  ),
);
export const marriageRecord = fetched(
  'marriage-record',
  text(
    'Nikoh haqidagi dalolatnoma yozuvi',
    'Никоҳ ҳақидаги далолатнома ёзуви',
    'Актовая запись о браке',
    'Marriage record',
  ),
);
export const deathRecord = fetched(
  'death-record',
  text(
    'Oʻlim haqidagi dalolatnoma yozuvi',
    'Ўлим ҳақидаги далолатнома ёзуви',
    'Актовая запись о смерти',
    'Death record',
  ),
);
export const incomeData = fetched(
  'income-data',
  text(
    'Daromadlar toʻgʻrisidagi maʼlumotlar',
    'Даромадлар тўғрисидаги маълумотлар',
    'Сведения о доходах',
    'Income data',
  ),
);
export const employmentData = fetched(
  'employment-data',
  text(
    'Mehnat faoliyati toʻgʻrisidagi maʼlumotlar',
    'Меҳнат фаолияти тўғрисидаги маълумотлар',
    'Сведения о трудовой деятельности',
    'Employment data',
  ),
);
export const disabilityData = fetched(
  'disability-data',
  text(
    'Nogironlik toʻgʻrisidagi maʼlumotlar',
    'Ногиронлик тўғрисидаги маълумотлар',
    'Сведения об инвалидности',
    'Disability data',
  ),
);
export const ownershipData = fetched(
  'ownership-data',
  text(
    'Mulk huquqi toʻgʻrisidagi maʼlumotlar',
    'Мулк ҳуқуқи тўғрисидаги маълумотлар',
    'Сведения о праве собственности',
    'Ownership data',
  ),
);
export const residenceData = fetched(
  'residence-data',
  text(
    'Doimiy yashash joyi toʻgʻrisidagi maʼlumotlar',
    'Доимий яшаш жойи тўғрисидаги маълумотлар',
    'Сведения о месте жительства',
    'Residence data',
  ),
);
export const cadastreData = fetched(
  'cadastre-data',
  text('Kadastr maʼlumotlari', 'Кадастр маълумотлари', 'Кадастровые данные', 'Cadastral data'),
);
