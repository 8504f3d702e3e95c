import type { Service } from '#model/service';
import { child, payoutMethod, purpose } from '../common-fields.ts';
import { defineService } from '../define-service.ts';
import { choice, dateField, numberField, textField, yesNo } from '../fields.ts';

import {
  birthRecord,
  brings,
  disabilityData,
  employmentData,
  fetched,
  identityDocument,
  mayBring,
} from '../papers.ts';
import { calendarDays, free, minutes, workingDays } from '../terms.ts';
import { text } from '../text.ts';

/** Sphere SOC: pensions, care, work. */
export const pensionsAndEmployment: readonly Service[] = [
  defineService({
    code: 'SOC-05',
    name: text(
      'Pensiya (nafaqa) miqdori toʻgʻrisida maʼlumotnoma',
      'Пенсия (нафақа) миқдори тўғрисида маълумотнома',
      'Справка о размере пенсии (пособия)',
      'Certificate of pension amount',
    ),
    department: 'D02',
    synonyms: [
      'pensiya',
      'пенсия',
      'нафақа миқдори',
      'справка о пенсии',
      'размер пенсии',
      'pension certificate',
      'maʼlumotnoma',
    ],
    deadlines: [minutes(1)],
    fees: [free],
    checklist: [identityDocument],
    form: [
      choice(
        'period',
        text('Qaysi davr uchun', 'Қайси давр учун', 'За какой период', 'For which period'),
        {
          month: text('Oxirgi oy', 'Охирги ой', 'Последний месяц', 'Last month'),
          year: text('Oxirgi 12 oy', 'Охирги 12 ой', 'Последние 12 месяцев', 'Last 12 months'),
        },
        { required: true },
      ),
      purpose,
    ],
    result: text(
      'QR-kodli maʼlumotnoma',
      'QR-кодли маълумотнома',
      'Справка с QR-кодом',
      'Certificate with a QR code',
    ),
    basis: 'About 5 s, automatic S72; fee S35',
  }),
  defineService({
    code: 'SOC-06',
    name: text(
      'Nogironligi boʻlgan bolani parvarishlash nafaqasi',
      'Ногиронлиги бўлган болани парваришлаш нафақаси',
      'Пособие по уходу за ребёнком с инвалидностью',
      'Allowance for care of a child with disability',
    ),
    department: 'D02',
    synonyms: [
      'ногирон бола',
      'nogiron bola',
      'parvarish',
      'парвариш',
      'ребёнок-инвалид',
      'уход за ребёнком',
      'disabled child',
      'carer',
    ],
    deadlines: [workingDays(3)],
    fees: [free],
    checklist: [identityDocument, birthRecord, disabilityData],
    form: [
      child,
      choice(
        'carer',
        text('Kim parvarishlaydi', 'Ким парваришлайди', 'Кто осуществляет уход', 'Who gives the care'),
        {
          mother: text('Ona', 'Она', 'Мать', 'Mother'),
          father: text('Ota', 'Ота', 'Отец', 'Father'),
          guardian: text('Vasiy yoki homiy', 'Васий ёки ҳомий', 'Опекун или попечитель', 'Guardian'),
        },
        { required: true },
      ),
      yesNo(
        'worksNow',
        text(
          'Hozir ishlaydimi',
          'Ҳозир ишлайдими',
          'Работает ли в настоящее время',
          'Is the carer employed now',
        ),
      ),
      payoutMethod,
    ],
    result: text(
      'Har oylik nafaqa tayinlash toʻgʻrisida qaror',
      'Ҳар ойлик нафақа тайинлаш тўғрисида қарор',
      'Решение о назначении ежемесячного пособия',
      'Decision on a monthly allowance',
    ),
    basis: 'Term P; fee P; amount (2022) and electronic data S72',
  }),
  defineService({
    code: 'SOC-07',
    name: text(
      'Yoshga doir pensiya tayinlash',
      'Ёшга доир пенсия тайинлаш',
      'Назначение пенсии по возрасту',
      'Old-age pension',
    ),
    department: 'D02',
    synonyms: [
      'pensiya',
      'пенсия',
      'nafaqaga chiqish',
      'нафақага чиқиш',
      'пенсия по старости',
      'выход на пенсию',
      'retirement',
      'old age',
    ],
    deadlines: [workingDays(10)],
    fees: [free],
    checklist: [
      identityDocument,
      brings(
        'work-record',
        text('Mehnat daftarchasi', 'Меҳнат дафтарчаси', 'Трудовая книжка', 'Work record book'),
      ),
      mayBring(
        'income-certificates',
        text(
          'Bazada yoʻq yillar uchun ish haqi maʼlumotnomalari',
          'Базада йўқ йиллар учун иш ҳақи маълумотномалари',
          'Справки о заработке за годы, которых нет в базе',
          'Income certificates for years not in the base',
        ),
      ),
      employmentData,
    ],
    form: [
      numberField('yearsOfService', text('Ish staji', 'Иш стажи', 'Трудовой стаж', 'Length of service'), {
        min: 0,
        max: 70,
        unit: text('yil', 'йил', 'лет', 'years'),
      }),
      yesNo(
        'hardConditions',
        text(
          'Ogʻir yoki zararli sharoitda ishlagan',
          'Оғир ёки зарарли шароитда ишлаган',
          'Работа в тяжёлых или вредных условиях',
          'Worked in hard or harmful conditions',
        ),
      ),
      textField(
        'hardConditionsWork',
        text(
          'Shunday ish joylari va davrlari',
          'Шундай иш жойлари ва даврлари',
          'Места и периоды такой работы',
          'Places and periods of such work',
        ),
        {
          required: true,
          lines: 3,
          when: { key: 'hardConditions', is: [true] },
        },
      ),
      payoutMethod,
    ],
    result: text(
      'Pensiya tayinlash toʻgʻrisida qaror',
      'Пенсия тайинлаш тўғрисида қарор',
      'Решение о назначении пенсии',
      'Pension decision',
    ),
    basis: 'Term P; fee P',
  }),
  defineService({
    code: 'SOC-08',
    name: text(
      'Ishsiz deb eʼtirof etish va ishsizlik nafaqasi',
      'Ишсиз деб эътироф этиш ва ишсизлик нафақаси',
      'Признание безработным и пособие',
      'Recognition as unemployed; benefit',
    ),
    department: 'D03',
    synonyms: [
      'ishsizlik',
      'ишсизлик',
      'ish qidirish',
      'иш қидириш',
      'биржа труда',
      'безработица',
      'unemployment',
      'jobseeker',
    ],
    deadlines: [calendarDays(11, { from: '2023-11-06' })],
    fees: [free],
    checklist: [
      identityDocument,
      brings(
        'education-document',
        text(
          'Maʼlumoti toʻgʻrisidagi hujjat',
          'Маълумоти тўғрисидаги ҳужжат',
          'Документ об образовании',
          'Education document',
        ),
      ),
      employmentData,
      fetched(
        'unemployment-data',
        text(
          'Soliq va tadbirkorlik reyestridagi maʼlumotlar',
          'Солиқ ва тадбиркорлик реестридаги маълумотлар',
          'Данные налогового реестра и реестра предпринимателей',
          'Data of the tax and business registers',
        ),
      ),
    ],
    form: [
      textField(
        'profession',
        text(
          'Kasbi va mutaxassisligi',
          'Касби ва мутахассислиги',
          'Профессия и специальность',
          'Profession and speciality',
        ),
        { required: true, maxLength: 200 },
      ),
      dateField(
        'lastWorkDay',
        text('Oxirgi ish kuni', 'Охирги иш куни', 'Последний день работы', 'Last day of work'),
        { notAfterToday: true },
      ),
      choice(
        'leavingReason',
        text('Ishdan boʻshash sababi', 'Ишдан бўшаш сабаби', 'Причина увольнения', 'Reason for leaving'),
        {
          own: text('Oʻz xohishi bilan', 'Ўз хоҳиши билан', 'По собственному желанию', 'Own wish'),
          reduction: text('Shtat qisqarishi', 'Штат қисқариши', 'Сокращение штата', 'Redundancy'),
          closure: text(
            'Tashkilot tugatilgan',
            'Ташкилот тугатилган',
            'Ликвидация организации',
            'Employer closed',
          ),
          never: text('Ilgari ishlamagan', 'Илгари ишламаган', 'Трудового стажа нет', 'Never worked before'),
        },
        { required: true },
      ),
      yesNo(
        'wantsTraining',
        text(
          'Kasbga oʻqishni xohlaydi',
          'Касбга ўқишни хоҳлайди',
          'Желает пройти обучение профессии',
          'Wishes to be trained in a trade',
        ),
      ),
    ],
    result: text(
      'Ishsiz deb eʼtirof etish toʻgʻrisida xabarnoma',
      'Ишсиз деб эътироф этиш тўғрисида хабарнома',
      'Уведомление о признании безработным',
      'Notice of recognition as unemployed',
    ),
    basis: 'Term P; fee P; regulation of November 2023 S73',
  }),
];
