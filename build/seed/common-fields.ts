import {
  addressField,
  choice,
  dateField,
  numberField,
  personField,
  phoneField,
  textField,
  yesNo,
} from './fields.ts';
import { text } from './text.ts';

/** Questions that many forms ask in the same words. */
export const child = personField('child', text('Bola', 'Бола', 'Ребёнок', 'Child'), { required: true });

export const cadastreNumber = textField(
  'cadastreNumber',
  text('Kadastr raqami', 'Кадастр рақами', 'Кадастровый номер', 'Cadastral number'),
  {
    required: true,
    maxLength: 60,
    help: text(
      'Raqamlar guruhi ikki nuqta bilan: 10:05:01:02:03:0045',
      'Рақамлар гуруҳи икки нуқта билан: 10:05:01:02:03:0045',
      'Группы цифр через двоеточие: 10:05:01:02:03:0045',
      'Groups of digits with colons: 10:05:01:02:03:0045',
    ),
  },
);

export const objectAddress = addressField(
  'objectAddress',
  text('Obyekt manzili', 'Объект манзили', 'Адрес объекта', 'Address of the property'),
  {
    required: true,
  },
);

export const stir = textField('stir', text('STIR', 'СТИР', 'ИНН', 'Taxpayer number (STIR)'), {
  maxLength: 9,
});

export const organisationName = textField(
  'organisationName',
  text('Tashkilot nomi', 'Ташкилот номи', 'Наименование организации', 'Name of the organisation'),
  {
    maxLength: 300,
  },
);

export const purpose = textField(
  'purpose',
  text(
    'Maʼlumotnoma qayerga taqdim etiladi',
    'Маълумотнома қаерга тақдим этилади',
    'Куда предоставляется справка',
    'Where the certificate will be presented',
  ),
  { rule: 'lww', maxLength: 200 },
);

export const remarks = textField('remarks', text('Izoh', 'Изоҳ', 'Примечание', 'Remarks'), {
  rule: 'lww',
  lines: 3,
  maxLength: 1000,
});

export const contactPhone = phoneField(
  'contactPhone',
  text('Bogʻlanish uchun telefon', 'Боғланиш учун телефон', 'Контактный телефон', 'Contact phone'),
);

export const loadKw = numberField(
  'loadKw',
  text('Talab qilinadigan quvvat', 'Талаб қилинадиган қувват', 'Требуемая мощность', 'Required load'),
  {
    required: true,
    min: 0.1,
    max: 10_000,
    decimals: 1,
    unit: text('kVt', 'кВт', 'кВт', 'kW'),
  },
);

export const meterNumber = textField(
  'meterNumber',
  text('Hisoblagich raqami', 'Ҳисоблагич рақами', 'Номер счётчика', 'Meter number'),
  {
    required: true,
    maxLength: 40,
  },
);

export const contractNumber = textField(
  'contractNumber',
  text('Shartnoma raqami', 'Шартнома рақами', 'Номер договора', 'Contract number'),
  {
    maxLength: 40,
  },
);

export const schoolName = textField(
  'schoolName',
  text(
    'Maktab nomi yoki raqami',
    'Мактаб номи ёки рақами',
    'Название или номер школы',
    'Name or number of the school',
  ),
  {
    required: true,
    maxLength: 200,
  },
);

export const teachingLanguage = choice(
  'teachingLanguage',
  text('Taʼlim tili', 'Таълим тили', 'Язык обучения', 'Language of instruction'),
  {
    uz: text('Oʻzbek tili', 'Ўзбек тили', 'Узбекский', 'Uzbek'),
    kaa: text('Qoraqalpoq tili', 'Қорақалпоқ тили', 'Каракалпакский', 'Karakalpak'),
    ru: text('Rus tili', 'Рус тили', 'Русский', 'Russian'),
    kk: text('Qozoq tili', 'Қозоқ тили', 'Казахский', 'Kazakh'),
    tg: text('Tojik tili', 'Тожик тили', 'Таджикский', 'Tajik'),
    ky: text('Qirgʻiz tili', 'Қирғиз тили', 'Киргизский', 'Kyrgyz'),
    tk: text('Turkman tili', 'Туркман тили', 'Туркменский', 'Turkmen'),
  },
);

export const preferredDate = dateField(
  'preferredDate',
  text('Qulay sana', 'Қулай сана', 'Удобная дата', 'Preferred date'),
  {
    rule: 'lww',
    notBeforeToday: true,
  },
);

export const documentNumber = textField(
  'documentNumber',
  text('Hujjat raqami', 'Ҳужжат рақами', 'Номер документа', 'Document number'),
  {
    maxLength: 60,
  },
);

export const documentDate = dateField(
  'documentDate',
  text('Hujjat sanasi', 'Ҳужжат санаси', 'Дата документа', 'Date of the document'),
  {
    notAfterToday: true,
  },
);

export const hasPrivilege = yesNo(
  'hasPrivilege',
  text('Imtiyoz bormi', 'Имтиёз борми', 'Есть ли льгота', 'Is there a privilege'),
);

export const privilegeGround = textField(
  'privilegeGround',
  text('Imtiyoz asosi', 'Имтиёз асоси', 'Основание льготы', 'Ground for the privilege'),
  {
    required: true,
    maxLength: 300,
    when: { key: 'hasPrivilege', is: [true] },
  },
);

export const payoutMethod = choice(
  'payoutMethod',
  text(
    'Toʻlovni olish usuli',
    'Тўловни олиш усули',
    'Способ получения выплаты',
    'How the payment will be received',
  ),
  {
    card: text('Bank kartasiga', 'Банк картасига', 'На банковскую карту', 'To a bank card'),
    bank: text(
      'Bank kassasidan naqd',
      'Банк кассасидан нақд',
      'Наличными в кассе банка',
      'In cash at the bank',
    ),
    post: text('Pochta boʻlimidan', 'Почта бўлимидан', 'В отделении почты', 'At the post office'),
  },
  { required: true },
);
