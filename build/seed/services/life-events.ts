import type { Service } from '#model/service';
import { contactPhone, documentNumber } from '../common-fields.ts';
import { defineService } from '../define-service.ts';
import { choice, dateField, personField, textField, yesNo } from '../fields.ts';
import { birthCertificateTiers, birthRegistrationForm } from '../forms/birth-registration-form.ts';
import { bothIdentities, brings, fetched, identityDocument, marriageRecord } from '../papers.ts';
import { crestForm, free, months, share, tariff, workingDays } from '../terms.ts';
import { text } from '../text.ts';

/** Resolution 550 brought the crest form a price of its own (S27). */
const CREST_FORM_FROM = '2023-10-20';

/** Sphere FHD: birth, marriage, divorce, death. */
export const lifeEvents: readonly Service[] = [
  defineService({
    code: 'FHD-01',
    name: text(
      'Tugʻilishni qayd etish (kompleks)',
      'Туғилишни қайд этиш (комплекс)',
      'Регистрация рождения (комплексная)',
      'Birth registration (composite)',
    ),
    department: 'D15',
    synonyms: [
      'metrika',
      'метрика',
      'метирка',
      'tugʻilish',
      'tugʻilganlik guvohnomasi',
      'туғилганлик гувоҳномаси',
      'рождение',
      'свидетельство о рождении',
      'ЗАГС',
      'birth',
      'newborn',
    ],
    deadlines: [workingDays(1)],
    fees: [share(0.05, { until: CREST_FORM_FROM }), tariff(birthCertificateTiers, { from: CREST_FORM_FROM })],
    checklist: [
      brings(
        'medical-birth-record',
        text(
          'Tugʻilganlik haqida tibbiy guvohnoma',
          'Туғилганлик ҳақида тиббий гувоҳнома',
          'Медицинское свидетельство о рождении',
          'Medical birth certificate',
        ),
      ),
      brings(
        'parents-identities',
        text(
          'Ota-onaning shaxsini tasdiqlovchi hujjatlari',
          'Ота-онанинг шахсини тасдиқловчи ҳужжатлари',
          'Документы, удостоверяющие личность родителей',
          'Identity documents of the parents',
        ),
      ),
      marriageRecord,
    ],
    form: birthRegistrationForm,
    result: text(
      'Tugʻilganlik haqida guvohnoma',
      'Туғилганлик ҳақида гувоҳнома',
      'Свидетельство о рождении',
      'Birth certificate',
    ),
    basis: 'Fee S41; crest form and 75 years of keeping S27; term and one-month limit P',
  }),
  defineService({
    code: 'FHD-02',
    name: text('Nikohni qayd etish', 'Никоҳни қайд этиш', 'Регистрация брака', 'Marriage registration'),
    department: 'D15',
    synonyms: [
      'nikoh',
      'никоҳ',
      'toʻy',
      'тўй',
      'turmush qurish',
      'свадьба',
      'брак',
      'ЗАГС',
      'marriage',
      'wedding',
    ],
    deadlines: [months(1)],
    fees: [crestForm],
    checklist: [
      bothIdentities,
      fetched(
        'medical-check',
        text(
          'Tibbiy koʻrik xulosasi',
          'Тиббий кўрик хулосаси',
          'Заключение медосмотра',
          'Conclusion of the medical check',
        ),
      ),
    ],
    form: [
      personField('partner', text('Ikkinchi tomon', 'Иккинчи томон', 'Вторая сторона', 'The other party'), {
        required: true,
      }),
      dateField('weddingDate', text('Nikoh kuni', 'Никоҳ куни', 'День регистрации', 'Day of the marriage'), {
        required: true,
        notBeforeToday: true,
      }),
      choice(
        'surnameChoice',
        text(
          'Nikohdan keyingi familiya',
          'Никоҳдан кейинги фамилия',
          'Фамилия после брака',
          'Surname after the marriage',
        ),
        {
          keep: text(
            'Har kim oʻz familiyasida qoladi',
            'Ҳар ким ўз фамилиясида қолади',
            'Каждый сохраняет свою',
            'Each keeps their own',
          ),
          husband: text('Erning familiyasi', 'Эрнинг фамилияси', 'Фамилия мужа', 'Surname of the husband'),
          wife: text('Xotinning familiyasi', 'Хотиннинг фамилияси', 'Фамилия жены', 'Surname of the wife'),
        },
        { required: true },
      ),
      yesNo(
        'ceremony',
        text('Tantanali marosim', 'Тантанали маросим', 'Торжественная церемония', 'Ceremony'),
      ),
      textField(
        'hasteReason',
        text(
          'Muddatni qisqartirish sababi',
          'Муддатни қисқартириш сабаби',
          'Причина сокращения срока',
          'Reason for a shorter term',
        ),
        { lines: 2 },
      ),
    ],
    result: text(
      'Nikoh tuzilganlik haqida guvohnoma',
      'Никоҳ тузилганлик ҳақида гувоҳнома',
      'Свидетельство о браке',
      'Marriage certificate',
    ),
    basis: 'One month, up to 3 on request, same day for cause S89; crest form S27; the rest of the fee P',
  }),
  defineService({
    code: 'FHD-03',
    name: text(
      'Nikohdan ajralishni qayd etish',
      'Никоҳдан ажралишни қайд этиш',
      'Регистрация развода',
      'Divorce registration',
    ),
    department: 'D15',
    synonyms: ['ajrashish', 'ажрашиш', 'ajralish', 'taloq', 'развод', 'расторжение брака', 'divorce', 'ЗАГС'],
    deadlines: [workingDays(3)],
    fees: [crestForm],
    checklist: [
      bothIdentities,
      fetched('court-decision', text('Sud qarori', 'Суд қарори', 'Решение суда', 'Court decision')),
      marriageRecord,
    ],
    form: [
      choice(
        'ground',
        text('Asos', 'Асос', 'Основание', 'Ground'),
        {
          court: text('Sud qarori', 'Суд қарори', 'Решение суда', 'Court decision'),
          joint: text(
            'Birgalikdagi ariza',
            'Биргаликдаги ариза',
            'Совместное заявление',
            'Joint application',
          ),
        },
        { required: true },
      ),
      personField('spouse', text('Ikkinchi tomon', 'Иккинчи томон', 'Вторая сторона', 'The other party'), {
        required: true,
      }),
      {
        ...documentNumber,
        label: text(
          'Sud qarori raqami',
          'Суд қарори рақами',
          'Номер решения суда',
          'Number of the court decision',
        ),
        when: { key: 'ground', is: ['court'] },
      },
      textField(
        'surnameAfter',
        text(
          'Ajralishdan keyingi familiya',
          'Ажралишдан кейинги фамилия',
          'Фамилия после развода',
          'Surname after the divorce',
        ),
        { maxLength: 100 },
      ),
    ],
    result: text(
      'Nikohdan ajralganlik haqida guvohnoma',
      'Никоҳдан ажралганлик ҳақида гувоҳнома',
      'Свидетельство о расторжении брака',
      'Divorce certificate',
    ),
    basis: 'Crest form S27; term P; the rest of the fee P',
  }),
  defineService({
    code: 'FHD-04',
    name: text(
      'Oʻlimni qayd etish (kompozit)',
      'Ўлимни қайд этиш (композит)',
      'Регистрация смерти (композитная)',
      'Death registration (composite)',
    ),
    department: 'D15',
    synonyms: [
      'oʻlim',
      'ўлим',
      'vafot',
      'вафот',
      'oʻlim guvohnomasi',
      'смерть',
      'свидетельство о смерти',
      'death',
      'ЗАГС',
    ],
    deadlines: [workingDays(1)],
    fees: [free],
    checklist: [
      brings(
        'medical-death-certificate',
        text(
          'Oʻlim haqida tibbiy guvohnoma',
          'Ўлим ҳақида тиббий гувоҳнома',
          'Медицинское свидетельство о смерти',
          'Medical death certificate',
        ),
      ),
      identityDocument,
    ],
    form: [
      personField('deceased', text('Vafot etgan shaxs', 'Вафот этган шахс', 'Умерший', 'Deceased person'), {
        required: true,
      }),
      dateField('deathDate', text('Vafot etgan sana', 'Вафот этган сана', 'Дата смерти', 'Date of death'), {
        required: true,
        notAfterToday: true,
      }),
      {
        ...documentNumber,
        required: true,
        label: text(
          'Tibbiy guvohnoma raqami',
          'Тиббий гувоҳнома рақами',
          'Номер медицинского свидетельства',
          'Number of the medical certificate',
        ),
      },
      yesNo(
        'funeralAllowance',
        text(
          'Dafn nafaqasi ham soʻraladi',
          'Дафн нафақаси ҳам сўралади',
          'Запрашивается и пособие на погребение',
          'The funeral allowance is asked for too',
        ),
      ),
      contactPhone,
    ],
    result: text(
      'Oʻlim haqida guvohnoma',
      'Ўлим ҳақида гувоҳнома',
      'Свидетельство о смерти',
      'Death certificate',
    ),
    basis: 'Fee S27; term P; leads to SOC-04',
  }),
];
