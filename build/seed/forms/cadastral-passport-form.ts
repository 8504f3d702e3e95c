import { cadastreNumber, contactPhone, objectAddress, preferredDate, remarks } from '../common-fields.ts';
import {
  choice,
  dateField,
  type FieldInput,
  groupField,
  numberField,
  personField,
  textField,
  tierField,
  yesNo,
} from '../fields.ts';
import type { Tier } from '../terms.ts';
import { text } from '../text.ts';

/** Why the passport is asked for settles the tariff: S84 frees three cases, S85 gives the others. */
export const cadastralPassportTiers: readonly Tier[] = [
  [
    'unchanged',
    text(
      'Yigʻma jild bor, oʻzgarish yoʻq',
      'Йиғма жилд бор, ўзгариш йўқ',
      'Дело имеется, изменений нет',
      'A file exists and nothing changed',
    ),
    0,
  ],
  [
    'part-alienated',
    text(
      'Obyektning bir qismi boshqa shaxsga oʻtgan',
      'Объектнинг бир қисми бошқа шахсга ўтган',
      'Часть объекта отчуждена',
      'Part of the property was alienated',
    ),
    0,
  ],
  ['lost', text('Pasport yoʻqolgan', 'Паспорт йўқолган', 'Паспорт утерян', 'The passport was lost'), 0],
  [
    'home',
    text(
      'Uy-joy: yangi yoki oʻzgartirilgan',
      'Уй-жой: янги ёки ўзгартирилган',
      'Жильё: новое или изменённое',
      'Dwelling, new or changed',
    ),
    1.25,
  ],
  [
    'other',
    text(
      'Noturar obyekt: yangi yoki oʻzgartirilgan',
      'Нотурар объект: янги ёки ўзгартирилган',
      'Нежилой объект: новый или изменённый',
      'Non-residential, new or changed',
    ),
    2.5,
  ],
];

const squareMetres = text('m²', 'м²', 'м²', 'm²');

/** LAN-01. */
export const cadastralPassportForm: FieldInput[] = [
  choice(
    'objectKind',
    text('Obyekt turi', 'Объект тури', 'Вид объекта', 'Kind of property'),
    {
      house: text(
        'Yakka tartibdagi uy',
        'Якка тартибдаги уй',
        'Индивидуальный жилой дом',
        'Individual house',
      ),
      flat: text(
        'Koʻp kvartirali uydagi xonadon',
        'Кўп квартирали уйдаги хонадон',
        'Квартира в многоквартирном доме',
        'Flat in an apartment building',
      ),
      building: text(
        'Noturar bino yoki inshoot',
        'Нотурар бино ёки иншоот',
        'Нежилое здание или сооружение',
        'Non-residential building or structure',
      ),
      land: text('Yer uchastkasi', 'Ер участкаси', 'Земельный участок', 'Land plot'),
    },
    { required: true },
  ),
  { ...cadastreNumber, required: false },
  objectAddress,
  tierField(
    text('Murojaat sababi', 'Мурожаат сабаби', 'Причина обращения', 'Reason for the application'),
    cadastralPassportTiers,
  ),
  textField(
    'changeDescription',
    text('Nima oʻzgargan', 'Нима ўзгарган', 'Что изменилось', 'What has changed'),
    {
      required: true,
      lines: 3,
      maxLength: 1000,
      when: { key: 'feeTier', is: ['home', 'other', 'part-alienated'] },
    },
  ),
  numberField('totalArea', text('Umumiy maydoni', 'Умумий майдони', 'Общая площадь', 'Total area'), {
    min: 1,
    decimals: 2,
    unit: squareMetres,
    when: { key: 'objectKind', is: ['house', 'flat', 'building'] },
  }),
  numberField('landArea', text('Yer maydoni', 'Ер майдони', 'Площадь участка', 'Area of the plot'), {
    min: 1,
    decimals: 2,
    unit: squareMetres,
    when: { key: 'objectKind', is: ['house', 'building', 'land'] },
  }),
  numberField('floors', text('Qavatlar soni', 'Қаватлар сони', 'Число этажей', 'Number of floors'), {
    min: 1,
    max: 60,
    when: { key: 'objectKind', is: ['house', 'building'] },
  }),
  numberField('rooms', text('Xonalar soni', 'Хоналар сони', 'Число комнат', 'Number of rooms'), {
    min: 1,
    max: 60,
    when: { key: 'objectKind', is: ['house', 'flat'] },
  }),
  numberField('builtYear', text('Qurilgan yili', 'Қурилган йили', 'Год постройки', 'Year of construction'), {
    min: 1800,
    max: 2100,
    when: { key: 'objectKind', is: ['house', 'flat', 'building'] },
  }),
  choice(
    'ownership',
    text('Mulk shakli', 'Мулк шакли', 'Вид собственности', 'Kind of ownership'),
    {
      sole: text('Yakka mulk', 'Якка мулк', 'Единоличная', 'Sole'),
      shared: text('Ulushli mulk', 'Улушли мулк', 'Долевая', 'In shares'),
      joint: text('Birgalikdagi mulk', 'Биргаликдаги мулк', 'Совместная', 'Joint'),
    },
    { required: true },
  ),
  groupField(
    'owners',
    text('Mulkdorlar', 'Мулкдорлар', 'Собственники', 'Owners'),
    [
      personField('owner', text('Mulkdor', 'Мулкдор', 'Собственник', 'Owner'), { required: true }),
      textField(
        'share',
        text(
          'Ulushi (masalan, 1/2)',
          'Улуши (масалан, 1/2)',
          'Доля (например, 1/2)',
          'Share (for example 1/2)',
        ),
        { maxLength: 20 },
      ),
    ],
    { maxRows: 20, when: { key: 'ownership', is: ['shared', 'joint'] } },
  ),
  choice(
    'titleKind',
    text(
      'Huquq belgilovchi hujjat',
      'Ҳуқуқ белгиловчи ҳужжат',
      'Правоустанавливающий документ',
      'Title document',
    ),
    {
      order: text(
        'Hokimiyat qarori yoki order',
        'Ҳокимият қарори ёки ордер',
        'Решение хокимията или ордер',
        'Decision of the administration or order',
      ),
      contract: text('Shartnoma', 'Шартнома', 'Договор', 'Contract'),
      inheritance: text(
        'Meros huquqi guvohnomasi',
        'Мерос ҳуқуқи гувоҳномаси',
        'Свидетельство о праве на наследство',
        'Certificate of inheritance',
      ),
      court: text('Sud qarori', 'Суд қарори', 'Решение суда', 'Court decision'),
      none: text('Hujjat yoʻq', 'Ҳужжат йўқ', 'Документа нет', 'No document'),
    },
    { required: true },
  ),
  textField('titleNumber', text('Hujjat raqami', 'Ҳужжат рақами', 'Номер документа', 'Document number'), {
    maxLength: 60,
    when: { key: 'titleKind', is: ['order', 'contract', 'inheritance', 'court'] },
  }),
  dateField('titleDate', text('Hujjat sanasi', 'Ҳужжат санаси', 'Дата документа', 'Date of the document'), {
    notAfterToday: true,
    when: { key: 'titleKind', is: ['order', 'contract', 'inheritance', 'court'] },
  }),
  yesNo(
    'unauthorisedParts',
    text(
      'Ruxsatsiz qurilgan qismi bor',
      'Рухсатсиз қурилган қисми бор',
      'Есть самовольно построенные части',
      'There are parts built without permission',
    ),
  ),
  textField(
    'unauthorisedDescription',
    text(
      'Ruxsatsiz qurilgan qismi',
      'Рухсатсиз қурилган қисми',
      'Самовольно построенные части',
      'Parts built without permission',
    ),
    {
      required: true,
      lines: 2,
      when: { key: 'unauthorisedParts', is: [true] },
    },
  ),
  choice(
    'purpose',
    text(
      'Pasport nima uchun kerak',
      'Паспорт нима учун керак',
      'Для чего нужен паспорт',
      'What the passport is needed for',
    ),
    {
      sale: text('Oldi-sotdi', 'Олди-сотди', 'Купля-продажа', 'Sale'),
      inheritance: text('Meros', 'Мерос', 'Наследство', 'Inheritance'),
      mortgage: text('Ipoteka yoki garov', 'Ипотека ёки гаров', 'Ипотека или залог', 'Mortgage'),
      other: text('Boshqa', 'Бошқа', 'Другое', 'Other'),
    },
  ),
  {
    ...preferredDate,
    label: text(
      'Oʻlchov uchun qulay kun',
      'Ўлчов учун қулай кун',
      'Удобный день для обмера',
      'Convenient day for the survey',
    ),
  },
  contactPhone,
  remarks,
];
