import { remarks } from '../common-fields.ts';
import {
  addressField,
  choice,
  dateField,
  type FieldInput,
  numberField,
  personField,
  textField,
  tierField,
  yesNo,
} from '../fields.ts';
import type { Tier } from '../terms.ts';
import { text } from '../text.ts';

/** What the record is handed over as; S27 sets the crest form apart. */
export const birthCertificateTiers: readonly Tier[] = [
  [
    'electronic',
    text(
      'QR-kodli elektron guvohnoma',
      'QR-кодли электрон гувоҳнома',
      'Электронное свидетельство с QR-кодом',
      'Electronic certificate with a QR code',
    ),
    0.05,
  ],
  [
    'crest-form',
    text(
      'Gerbli blankdagi guvohnoma',
      'Гербли бланкдаги гувоҳнома',
      'Свидетельство на гербовом бланке',
      'Certificate on a crest form',
    ),
    0.15,
  ],
];

/** FHD-01. */
export const birthRegistrationForm: FieldInput[] = [
  choice(
    'ground',
    text('Qayd etish asosi', 'Қайд этиш асоси', 'Основание для регистрации', 'Ground for the registration'),
    {
      medical: text(
        'Tibbiy tugʻilganlik guvohnomasi',
        'Тиббий туғилганлик гувоҳномаси',
        'Медицинское свидетельство о рождении',
        'Medical birth certificate',
      ),
      court: text('Sud qarori', 'Суд қарори', 'Решение суда', 'Court decision'),
    },
    { required: true },
  ),
  textField(
    'medicalCertificateNumber',
    text(
      'Tibbiy guvohnoma raqami',
      'Тиббий гувоҳнома рақами',
      'Номер медицинского свидетельства',
      'Number of the medical certificate',
    ),
    {
      required: true,
      maxLength: 60,
      when: { key: 'ground', is: ['medical'] },
    },
  ),
  dateField(
    'medicalCertificateDate',
    text(
      'Tibbiy guvohnoma sanasi',
      'Тиббий гувоҳнома санаси',
      'Дата медицинского свидетельства',
      'Date of the medical certificate',
    ),
    {
      required: true,
      notAfterToday: true,
      when: { key: 'ground', is: ['medical'] },
    },
  ),
  textField(
    'courtDecision',
    text(
      'Sud nomi, qaror raqami va sanasi',
      'Суд номи, қарор рақами ва санаси',
      'Суд, номер и дата решения',
      'Court, number and date of the decision',
    ),
    {
      required: true,
      maxLength: 300,
      when: { key: 'ground', is: ['court'] },
    },
  ),
  personField('child', text('Bola', 'Бола', 'Ребёнок', 'Child'), { required: true }),
  choice(
    'surnameOf',
    text(
      'Familiya kimniki boʻyicha beriladi',
      'Фамилия кимники бўйича берилади',
      'Фамилия присваивается по фамилии',
      'The surname is taken from',
    ),
    {
      father: text('Otaniki', 'Отаники', 'Отца', 'The father'),
      mother: text('Onaniki', 'Онаники', 'Матери', 'The mother'),
      grandfather: text(
        'Bobosi ismi boʻyicha',
        'Бобоси исми бўйича',
        'По имени деда',
        'The name of a grandfather',
      ),
    },
    { required: true },
  ),
  numberField(
    'weightGrams',
    text('Tugʻilgandagi vazni', 'Туғилгандаги вазни', 'Масса при рождении', 'Weight at birth'),
    {
      min: 300,
      max: 8000,
      unit: text('g', 'г', 'г', 'g'),
    },
  ),
  choice(
    'plurality',
    text('Necha bola tugʻilgan', 'Неча бола туғилган', 'Сколько детей родилось', 'Number of children born'),
    {
      single: text('Bitta', 'Битта', 'Один', 'One'),
      twins: text('Egizak', 'Эгизак', 'Двойня', 'Twins'),
      more: text('Uch va undan ortiq', 'Уч ва ундан ортиқ', 'Трое и более', 'Three or more'),
    },
    { required: true },
  ),
  numberField(
    'birthOrder',
    text(
      'Onaning nechanchi farzandi',
      'Онанинг нечанчи фарзанди',
      'Какой по счёту ребёнок у матери',
      'Which child of the mother',
    ),
    { min: 1, max: 25 },
  ),
  addressField('birthPlace', text('Tugʻilgan joyi', 'Туғилган жойи', 'Место рождения', 'Place of birth'), {
    required: true,
  }),
  personField('mother', text('Ona', 'Она', 'Мать', 'Mother'), { required: true }),
  choice(
    'fatherGround',
    text(
      'Ota toʻgʻrisidagi maʼlumot asosi',
      'Ота тўғрисидаги маълумот асоси',
      'Основание сведений об отце',
      'Ground for the data of the father',
    ),
    {
      marriage: text('Nikoh', 'Никоҳ', 'Брак', 'Marriage'),
      joint: text(
        'Ota-onaning birgalikdagi arizasi',
        'Ота-онанинг биргаликдаги аризаси',
        'Совместное заявление родителей',
        'Joint application of the parents',
      ),
      court: text(
        'Otalikni belgilash toʻgʻrisidagi sud qarori',
        'Оталикни белгилаш тўғрисидаги суд қарори',
        'Решение суда об отцовстве',
        'Court decision on paternity',
      ),
      mother: text('Onaning arizasi', 'Онанинг аризаси', 'Заявление матери', 'Application of the mother'),
    },
    { required: true },
  ),
  personField('father', text('Ota', 'Ота', 'Отец', 'Father'), {
    required: true,
    when: { key: 'fatherGround', is: ['marriage', 'joint', 'court'] },
  }),
  textField(
    'marriageRecordNumber',
    text(
      'Nikoh dalolatnoma yozuvi raqami',
      'Никоҳ далолатнома ёзуви рақами',
      'Номер актовой записи о браке',
      'Number of the marriage record',
    ),
    {
      maxLength: 40,
      when: { key: 'fatherGround', is: ['marriage'] },
    },
  ),
  dateField(
    'marriageRecordDate',
    text(
      'Nikoh qayd etilgan sana',
      'Никоҳ қайд этилган сана',
      'Дата регистрации брака',
      'Date of the marriage',
    ),
    {
      notAfterToday: true,
      when: { key: 'fatherGround', is: ['marriage'] },
    },
  ),
  addressField(
    'childResidence',
    text(
      'Bola roʻyxatga olinadigan manzil',
      'Бола рўйхатга олинадиган манзил',
      'Адрес, по которому регистрируется ребёнок',
      'Address at which the child is registered',
    ),
    { required: true },
  ),
  choice(
    'alsoRequested',
    text(
      'Shu ariza bilan yana soʻraladi',
      'Шу ариза билан яна сўралади',
      'Одновременно запрашивается',
      'Asked for at the same time',
    ),
    {
      pinfl: text('JShShIR berish', 'ЖШШИР бериш', 'Присвоение ПИНФЛ', 'Assigning a PINFL'),
      residence: text(
        'Doimiy yashash joyi boʻyicha roʻyxat',
        'Доимий яшаш жойи бўйича рўйхат',
        'Регистрация по месту жительства',
        'Residence registration',
      ),
      allowance: text(
        'Bir martalik nafaqa',
        'Бир марталик нафақа',
        'Единовременное пособие',
        'One-time allowance',
      ),
      kindergarten: text('Bogʻcha navbati', 'Боғча навбати', 'Очередь в детский сад', 'Kindergarten queue'),
    },
    { many: true },
  ),
  choice(
    'certificateScript',
    text('Guvohnoma yozuvi', 'Гувоҳнома ёзуви', 'Письменность свидетельства', 'Script of the certificate'),
    {
      latin: text('Lotin', 'Лотин', 'Латиница', 'Latin'),
      cyrillic: text('Kirill', 'Кирилл', 'Кириллица', 'Cyrillic'),
    },
  ),
  tierField(
    text('Guvohnoma turi', 'Гувоҳнома тури', 'Вид свидетельства', 'Kind of certificate'),
    birthCertificateTiers,
  ),
  yesNo(
    'ceremony',
    text(
      'Tantanali marosim xohlanadi',
      'Тантанали маросим хоҳланади',
      'Желательна торжественная церемония',
      'A ceremony is wished',
    ),
  ),
  remarks,
];
