import type { Service } from '#model/service';
import {
  cadastreNumber,
  contactPhone,
  contractNumber,
  loadKw,
  meterNumber,
  objectAddress,
  preferredDate,
  remarks,
  stir,
} from '../common-fields.ts';
import { defineService } from '../define-service.ts';
import { choice, numberField, textField } from '../fields.ts';
import {
  brings,
  cadastreData,
  identityDocument,
  meterPassport,
  ownershipData,
  workDesign,
} from '../papers.ts';
import { calendarDays, share, workingDays } from '../terms.ts';
import { text } from '../text.ts';

const consumer = choice(
  'consumer',
  text('Isteʼmolchi', 'Истеъмолчи', 'Потребитель', 'Consumer'),
  {
    household: text('Maishiy', 'Маиший', 'Бытовой', 'Household'),
    legal: text(
      'Yuridik shaxs yoki tadbirkor',
      'Юридик шахс ёки тадбиркор',
      'Юридическое лицо или предприниматель',
      'Legal entity or entrepreneur',
    ),
  },
  { required: true },
);
const consumerStir = { ...stir, required: true, when: { key: 'consumer', is: ['legal'] } };
const phases = choice('phases', text('Fazalar soni', 'Фазалар сони', 'Число фаз', 'Phases'), {
  single: text('Bir fazali', 'Бир фазали', 'Однофазное', 'Single-phase'),
  three: text('Uch fazali', 'Уч фазали', 'Трёхфазное', 'Three-phase'),
});
const conditionsAndAct = text(
  'Texnik shartlar va ulanish dalolatnomasi',
  'Техник шартлар ва уланиш далолатномаси',
  'Технические условия и акт подключения',
  'Technical conditions and act of connection',
);

/** Sphere HOU. */
export const housingAndUtilities: readonly Service[] = [
  defineService({
    code: 'HOU-01',
    name: text(
      'Elektr tarmogʻiga ulanish texnik shartlari',
      'Электр тармоғига уланиш техник шартлари',
      'Технические условия на подключение к электросети',
      'Technical conditions, electricity',
    ),
    department: 'D10',
    synonyms: [
      'svet',
      'свет',
      'elektr',
      'электр',
      'tok',
      'техшарт',
      'техусловия',
      'ТУ',
      'electricity',
      'power',
    ],
    deadlines: [workingDays(3)],
    fees: [share(0.2)],
    checklist: [identityDocument, cadastreData, ownershipData],
    form: [consumer, consumerStir, cadastreNumber, objectAddress, loadKw, phases],
    result: text('Texnik shartlar', 'Техник шартлар', 'Технические условия', 'Technical conditions'),
    basis: 'Term S79; fee P',
  }),
  defineService({
    code: 'HOU-02',
    name: text(
      'Maishiy isteʼmolchini ulash (20 kVt gacha)',
      'Маиший истеъмолчини улаш (20 кВт гача)',
      'Подключение бытового потребителя до 20 кВт',
      'Household connection up to 20 kW',
    ),
    department: 'D10',
    synonyms: [
      'svet ulash',
      'свет улаш',
      'elektrga ulanish',
      'подключить свет',
      'новый дом',
      'connect electricity',
      '20 kVt',
    ],
    deadlines: [workingDays(10)],
    fees: [share(0.5)],
    checklist: [identityDocument, cadastreData, ownershipData],
    form: [cadastreNumber, objectAddress, { ...loadKw, max: 20 }, phases, contactPhone],
    result: text('Ulanish dalolatnomasi', 'Уланиш далолатномаси', 'Акт подключения', 'Act of connection'),
    basis: 'Term S79; fee P',
  }),
  defineService({
    code: 'HOU-03',
    name: text(
      'Hisoblagichni plombalash va shartnoma',
      'Ҳисоблагични пломбалаш ва шартнома',
      'Пломбировка счётчика и договор',
      'Meter sealing and supply contract',
    ),
    department: 'D10',
    synonyms: [
      'plomba',
      'пломба',
      'schyotchik',
      'счётчик',
      'hisoblagich',
      'ҳисоблагич',
      'электр шартномаси',
      'meter',
      'seal',
    ],
    deadlines: [workingDays(1)],
    fees: [share(0.1)],
    checklist: [identityDocument, meterPassport],
    form: [
      meterNumber,
      {
        ...contractNumber,
        label: text(
          'Amaldagi shartnoma raqami',
          'Амалдаги шартнома рақами',
          'Номер действующего договора',
          'Number of the present contract',
        ),
      },
      objectAddress,
      preferredDate,
    ],
    result: text(
      'Plombalash dalolatnomasi va shartnoma',
      'Пломбалаш далолатномаси ва шартнома',
      'Акт пломбировки и договор',
      'Seal act and contract',
    ),
    basis: 'Term S79; fee P',
  }),
  defineService({
    code: 'HOU-04',
    name: text(
      'Elektr taʼminoti loyihasini kelishish (20 kVtdan yuqori)',
      'Электр таъминоти лойиҳасини келишиш (20 кВтдан юқори)',
      'Согласование проекта электроснабжения свыше 20 кВт',
      'Approval of supply design above 20 kW',
    ),
    department: 'D10',
    synonyms: [
      'loyiha',
      'лойиҳа',
      'elektr loyihasi',
      'проект электроснабжения',
      'power supply design',
      'transformator',
    ],
    deadlines: [workingDays(2)],
    fees: [share(0.5)],
    checklist: [workDesign, cadastreData],
    form: [
      consumer,
      consumerStir,
      cadastreNumber,
      objectAddress,
      { ...loadKw, min: 20 },
      textField(
        'designer',
        text('Loyiha tashkiloti', 'Лойиҳа ташкилоти', 'Проектная организация', 'Design organisation'),
        { required: true, maxLength: 300 },
      ),
    ],
    result: text('Loyihani kelishish', 'Лойиҳани келишиш', 'Согласование проекта', 'Approval of the design'),
    basis: 'Term S79; fee P',
  }),
  defineService({
    code: 'HOU-05',
    name: text(
      'Gaz tarmogʻiga ulanish',
      'Газ тармоғига уланиш',
      'Подключение к газовой сети',
      'Connection to gas',
    ),
    department: 'D11',
    synonyms: ['gaz', 'газ', 'gaz ulash', 'табиий газ', 'подключить газ', 'natural gas', 'gas pipe'],
    deadlines: [workingDays(10, { from: '2018-03-31' })],
    fees: [share(0.5)],
    checklist: [identityDocument, cadastreData, ownershipData],
    form: [
      consumer,
      consumerStir,
      cadastreNumber,
      objectAddress,
      choice(
        'appliances',
        text('Gaz uskunalari', 'Газ ускуналари', 'Газовое оборудование', 'Gas appliances'),
        {
          stove: text('Plita', 'Плита', 'Плита', 'Stove'),
          boiler: text('Isitish qozoni', 'Иситиш қозони', 'Отопительный котёл', 'Boiler'),
          heater: text('Suv isitgich', 'Сув иситгич', 'Водонагреватель', 'Water heater'),
        },
        { required: true, many: true },
      ),
    ],
    result: conditionsAndAct,
    basis: 'Regulation 256/2018 S57; term P; fee P',
  }),
  defineService({
    code: 'HOU-06',
    name: text(
      'Ichimlik suvi va oqova tarmogʻiga ulanish',
      'Ичимлик суви ва оқова тармоғига уланиш',
      'Подключение к водопроводу и канализации',
      'Connection to water and sewer',
    ),
    department: 'D12',
    synonyms: ['suv', 'сув', 'ichimlik suvi', 'oqova', 'вода', 'водопровод', 'канализация', 'water', 'sewer'],
    deadlines: [workingDays(10, { from: '2018-03-31' })],
    fees: [share(0.5)],
    checklist: [identityDocument, cadastreData, ownershipData],
    form: [
      consumer,
      consumerStir,
      cadastreNumber,
      objectAddress,
      choice(
        'networks',
        text('Qaysi tarmoqqa', 'Қайси тармоққа', 'К какой сети', 'To which network'),
        {
          water: text('Ichimlik suvi', 'Ичимлик суви', 'Водопровод', 'Water'),
          sewer: text('Oqova', 'Оқова', 'Канализация', 'Sewer'),
        },
        { required: true, many: true },
      ),
    ],
    result: conditionsAndAct,
    basis: 'Regulation 256/2018 S57; term P; fee P',
  }),
  defineService({
    code: 'HOU-07',
    name: text(
      'Suv oʻlchash asbobini roʻyxatga olish va plombalash',
      'Сув ўлчаш асбобини рўйхатга олиш ва пломбалаш',
      'Регистрация и пломбировка водосчётчика',
      'Registering and sealing a water meter',
    ),
    department: 'D12',
    synonyms: [
      'suv hisoblagich',
      'сув ҳисоблагич',
      'plomba',
      'водосчётчик',
      'водомер',
      'water meter',
      'пломба',
    ],
    deadlines: [calendarDays(10)],
    fees: [share(0.5)],
    checklist: [
      identityDocument,
      meterPassport,
      brings(
        'contract-number',
        text('Shartnoma raqami', 'Шартнома рақами', 'Номер договора', 'Contract number'),
      ),
    ],
    form: [
      meterNumber,
      { ...contractNumber, required: true },
      objectAddress,
      numberField(
        'reading',
        text('Hozirgi koʻrsatkich', 'Ҳозирги кўрсаткич', 'Текущее показание', 'Present reading'),
        { min: 0, decimals: 3, unit: text('m³', 'м³', 'м³', 'm³') },
      ),
      remarks,
    ],
    result: text('Plombalash dalolatnomasi', 'Пломбалаш далолатномаси', 'Акт пломбировки', 'Seal act'),
    basis: 'Term and fee (206 000 soʻm) S80',
  }),
];
