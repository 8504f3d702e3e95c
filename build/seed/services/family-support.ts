import type { Service } from '#model/service';
import { payoutMethod, remarks } from '../common-fields.ts';
import { defineService } from '../define-service.ts';
import { choice, dateField, groupField, numberField, personField, yesNo } from '../fields.ts';
import { birthAllowanceForm } from '../forms/birth-allowance-form.ts';
import {
  birthRecord,
  brings,
  deathRecord,
  identityDocument,
  incomeData,
  powerOfAttorney,
} from '../papers.ts';
import { free, workingDays } from '../terms.ts';
import { text } from '../text.ts';

const familySize = numberField(
  'familySize',
  text('Oila aʼzolari soni', 'Оила аъзолари сони', 'Число членов семьи', 'Number of family members'),
  {
    required: true,
    min: 1,
    max: 30,
  },
);
const familyMembers = groupField(
  'familyMembers',
  text(
    'Oilaning voyaga yetgan aʼzolari',
    'Оиланинг вояга етган аъзолари',
    'Совершеннолетние члены семьи',
    'Adult members of the family',
  ),
  [
    personField('member', text('Oila aʼzosi', 'Оила аъзоси', 'Член семьи', 'Family member'), {
      required: true,
    }),
    yesNo('consent', text('Rozilik berdi', 'Розилик берди', 'Согласие дано', 'Consent given'), {
      required: true,
    }),
  ],
);

/** Sphere SOC: children, poverty, funerals. */
export const familySupport: readonly Service[] = [
  defineService({
    code: 'SOC-01',
    name: text(
      'Kam taʼminlangan oilalarga bolalar nafaqasi',
      'Кам таъминланган оилаларга болалар нафақаси',
      'Детское пособие малообеспеченным семьям',
      'Child benefit for low-income families',
    ),
    department: 'D01',
    synonyms: [
      'бола пули',
      'bola puli',
      'bolalar puli',
      'нафақа',
      'детские деньги',
      'детское пособие',
      'child money',
      'kam taʼminlangan',
    ],
    deadlines: [workingDays(10)],
    fees: [free],
    fourEyes: [{ right: 'case.refuse' }],
    checklist: [identityDocument, birthRecord, incomeData],
    form: [
      familySize,
      groupField(
        'children',
        text('Bolalar', 'Болалар', 'Дети', 'Children'),
        [personField('child', text('Bola', 'Бола', 'Ребёнок', 'Child'), { required: true })],
        { minRows: 1 },
      ),
      payoutMethod,
      remarks,
    ],
    result: text(
      'Nafaqani 12 oyga tayinlash yoki rad etish toʻgʻrisida qaror',
      'Нафақани 12 ойга тайинлаш ёки рад этиш тўғрисида қарор',
      'Решение о назначении пособия на 12 месяцев или об отказе',
      'Decision to grant the benefit for 12 months or to refuse it',
    ),
    basis: 'Term P; fee P; amounts from 01.07.2025 S47, S70',
  }),
  defineService({
    code: 'SOC-02',
    name: text(
      '“Ijtimoiy himoya yagona reyestri”ga kiritish',
      '“Ижтимоий ҳимоя ягона реестри”га киритиш',
      'Включение в «Единый реестр социальной защиты»',
      'Entry in the Unified Social Protection Register',
    ),
    department: 'D01',
    synonyms: [
      'yagona reyestr',
      'ягона реестр',
      'temir daftar',
      'темир дафтар',
      'единый реестр',
      'ЕРСЗ',
      'social register',
      'kambagʻal oila',
    ],
    deadlines: [workingDays(15)],
    fees: [free],
    checklist: [
      identityDocument,
      brings(
        'family-consent',
        text(
          'Oilaning voyaga yetgan aʼzolari roziligi',
          'Оиланинг вояга етган аъзолари розилиги',
          'Согласие совершеннолетних членов семьи',
          'Consent of the adult members of the family',
        ),
      ),
      incomeData,
    ],
    form: [familySize, familyMembers, remarks],
    result: text(
      'Reyestrga kiritish yoki asoslantirilgan rad etish',
      'Реестрга киритиш ёки асослантирилган рад этиш',
      'Включение в реестр или мотивированный отказ',
      'Entry in the register or a reasoned refusal',
    ),
    basis: 'Term P; fee S71',
  }),
  defineService({
    code: 'SOC-03',
    name: text(
      'Farzand tugʻilganda bir martalik nafaqa',
      'Фарзанд туғилганда бир марталик нафақа',
      'Единовременное пособие при рождении ребёнка',
      'One-time birth allowance',
    ),
    department: 'D02',
    synonyms: [
      'suyunchi',
      'суюнчи',
      'suyunchi puli',
      'tugʻilish',
      'туғилиш',
      'tugʻruq nafaqasi',
      'чақалоқ',
      'рождение ребёнка',
      'суюнчи',
      'birth',
      'newborn',
      'baby',
    ],
    deadlines: [workingDays(3)],
    fees: [free],
    checklist: [identityDocument, birthRecord, powerOfAttorney],
    form: birthAllowanceForm,
    result: text(
      'Nafaqa qayerda va qachon berilishi toʻgʻrisida xabarnoma',
      'Нафақа қаерда ва қачон берилиши тўғрисида хабарнома',
      'Уведомление о месте и времени получения пособия',
      'Notice of where and when the allowance is paid',
    ),
    basis: 'Term P; fee and six-month limit S35',
  }),
  defineService({
    code: 'SOC-04',
    name: text(
      'Dafn marosimi uchun nafaqa',
      'Дафн маросими учун нафақа',
      'Пособие на погребение',
      'Funeral allowance',
    ),
    department: 'D02',
    synonyms: [
      'dafn',
      'дафн',
      'oʻlim',
      'маросим',
      'похороны',
      'погребение',
      'смерть',
      'funeral',
      'burial',
      'death',
    ],
    deadlines: [workingDays(1)],
    fees: [free],
    checklist: [identityDocument, deathRecord],
    form: [
      personField('deceased', text('Vafot etgan shaxs', 'Вафот этган шахс', 'Умерший', 'Deceased person'), {
        required: true,
      }),
      dateField('deathDate', text('Vafot etgan sana', 'Вафот этган сана', 'Дата смерти', 'Date of death'), {
        required: true,
        notAfterToday: true,
      }),
      choice(
        'relation',
        text(
          'Arizachining aloqadorligi',
          'Аризачининг алоқадорлиги',
          'Кем приходится заявитель',
          'Relation of the applicant',
        ),
        {
          spouse: text('Turmush oʻrtogʻi', 'Турмуш ўртоғи', 'Супруг или супруга', 'Spouse'),
          child: text('Farzandi', 'Фарзанди', 'Сын или дочь', 'Child'),
          parent: text('Ota yoki ona', 'Ота ёки она', 'Отец или мать', 'Parent'),
          other: text(
            'Dafnni oʻtkazgan boshqa shaxs',
            'Дафнни ўтказган бошқа шахс',
            'Другое лицо, проводившее похороны',
            'Another person who held the funeral',
          ),
        },
        { required: true },
      ),
      payoutMethod,
    ],
    result: text(
      'Toʻlov toʻgʻrisida xabarnoma',
      'Тўлов тўғрисида хабарнома',
      'Уведомление о выплате',
      'Notice of payment',
    ),
    basis: 'Term P; fee S35',
  }),
];
