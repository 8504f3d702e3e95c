import type { Service } from '#model/service';
import { cadastreNumber, contactPhone, objectAddress, remarks } from '../common-fields.ts';
import { defineService } from '../define-service.ts';
import { groupField, numberField, textField, tierField, yesNo } from '../fields.ts';

import { brings, cadastreData, identityDocument, powerOfAttorney } from '../papers.ts';
import { calendarDays, share, type Tier, tariff, workingDays } from '../terms.ts';
import { text } from '../text.ts';

const plotTiers: readonly Tier[] = [
  ['up-to-1', text('1 gektargacha', '1 гектаргача', 'До 1 гектара', 'Up to 1 hectare'), 1],
  ['up-to-10', text('1–10 gektar', '1–10 гектар', 'От 1 до 10 гектаров', 'From 1 to 10 hectares'), 2],
  [
    'up-to-100',
    text('10–100 gektar', '10–100 гектар', 'От 10 до 100 гектаров', 'From 10 to 100 hectares'),
    4,
  ],
  [
    'over-100',
    text('100 gektardan ortiq', '100 гектардан ортиқ', 'Свыше 100 гектаров', 'Over 100 hectares'),
    6,
  ],
];
const recognitionTiers: readonly Tier[] = [
  [
    'elsewhere',
    text('Tuman va qishloqlarda', 'Туман ва қишлоқларда', 'В районах и сёлах', 'In districts and villages'),
    1,
  ],
  ['city', text('Boshqa shaharlarda', 'Бошқа шаҳарларда', 'В других городах', 'In other cities'), 2],
  [
    'regional-centre',
    text('Viloyat markazida', 'Вилоят марказида', 'В областном центре', 'In a regional centre'),
    3,
  ],
  ['tashkent', text('Toshkent shahrida', 'Тошкент шаҳрида', 'В городе Ташкенте', 'In Tashkent city'), 5],
  [
    'exempt',
    text(
      'I–II guruh nogironligi (ozod)',
      'I–II гуруҳ ногиронлиги (озод)',
      'Инвалидность I–II группы (освобождение)',
      'Disability, group I–II (exempt)',
    ),
    0,
  ],
];

/** Sphere LAN: plots and building on them. */
export const landPlots: readonly Service[] = [
  defineService({
    code: 'LAN-04',
    name: text(
      'Qishloq xoʻjaligi yerini boʻlish',
      'Қишлоқ хўжалиги ерини бўлиш',
      'Раздел сельскохозяйственного участка',
      'Splitting a farm plot',
    ),
    department: 'D13',
    synonyms: [
      'fermer',
      'фермер',
      'yer boʻlish',
      'ер бўлиш',
      'раздел земли',
      'дехканское хозяйство',
      'farm',
      'farmland',
      'ижара',
    ],
    deadlines: [workingDays(9)],
    fees: [tariff(plotTiers)],
    fourEyes: [{ right: 'case.pay', fromAmount: 1_000_000 }],
    checklist: [
      brings(
        'lease-copy',
        text(
          'Ijara shartnomasi nusxasi',
          'Ижара шартномаси нусхаси',
          'Копия договора аренды',
          'Copy of the lease',
        ),
      ),
      brings(
        'auction-protocol',
        text(
          'Auksion bayonnomasi yoki qaror',
          'Аукцион баённомаси ёки қарор',
          'Протокол аукциона или решение',
          'Auction protocol or decision',
        ),
      ),
      brings(
        'contour',
        text(
          'Kontur raqami va maydoni',
          'Контур рақами ва майдони',
          'Номер и размер контура',
          'Contour number and size',
        ),
      ),
      powerOfAttorney,
    ],
    form: [
      textField('farmName', text('Fermer xoʻjaligi', 'Фермер хўжалиги', 'Фермерское хозяйство', 'Farm'), {
        required: true,
        maxLength: 300,
      }),
      textField('contourNumber', text('Kontur raqami', 'Контур рақами', 'Номер контура', 'Contour number'), {
        required: true,
        maxLength: 40,
      }),
      tierField(
        text('Uchastka maydoni', 'Участка майдони', 'Площадь участка', 'Area of the plot'),
        plotTiers,
      ),
      groupField(
        'parts',
        text(
          'Hosil boʻladigan uchastkalar',
          'Ҳосил бўладиган участкалар',
          'Образуемые участки',
          'Plots formed',
        ),
        [
          numberField('area', text('Maydoni', 'Майдони', 'Площадь', 'Area'), {
            required: true,
            min: 0.01,
            decimals: 2,
            unit: text('ga', 'га', 'га', 'ha'),
          }),
          textField(
            'user',
            text('Yerdan foydalanuvchi', 'Ердан фойдаланувчи', 'Землепользователь', 'Land user'),
            { required: true, maxLength: 300 },
          ),
        ],
        { minRows: 2 },
      ),
    ],
    result: text(
      'Qaror va yangi chegaralar',
      'Қарор ва янги чегаралар',
      'Решение и новые границы',
      'Decision and new bounds',
    ),
    basis: 'Term and tariff S38',
  }),
  defineService({
    code: 'LAN-05',
    name: text(
      'Yer uchastkasiga huquqni eʼtirof etish',
      'Ер участкасига ҳуқуқни эътироф этиш',
      'Признание права на земельный участок',
      'Recognition of land right',
    ),
    department: 'D13',
    synonyms: [
      'yer huquqi',
      'ер ҳуқуқи',
      'tomorqa',
      'томорқа',
      'оформить землю',
      'земельная амнистия',
      'legalise land',
      'ер эгалик',
    ],
    deadlines: [calendarDays(30)],
    fees: [tariff(recognitionTiers, { from: '2024-08-05' })],
    checklist: [
      identityDocument,
      brings('plan', text('Uchastka rejasi', 'Участка режаси', 'План участка', 'Plan of the plot')),
      brings(
        'commission-act',
        text('Komissiya dalolatnomasi', 'Комиссия далолатномаси', 'Акт комиссии', 'Act of the commission'),
      ),
    ],
    form: [
      objectAddress,
      tierField(
        text(
          'Uchastka joylashgan joy',
          'Участка жойлашган жой',
          'Где находится участок',
          'Where the plot lies',
        ),
        recognitionTiers,
      ),
      numberField('area', text('Maydoni', 'Майдони', 'Площадь', 'Area'), {
        required: true,
        min: 1,
        decimals: 2,
        unit: text('m²', 'м²', 'м²', 'm²'),
      }),
      numberField(
        'usedSince',
        text(
          'Qaysi yildan foydalaniladi',
          'Қайси йилдан фойдаланилади',
          'С какого года используется',
          'Used since',
        ),
        { required: true, min: 1930, max: 2100 },
      ),
      yesNo(
        'inSocialRegister',
        text(
          'Ijtimoiy reyestrda turadi (50 % chegirma)',
          'Ижтимоий реестрда туради (50 % чегирма)',
          'Состоит в социальном реестре (скидка 50 %)',
          'In the social register (50 % discount)',
        ),
      ),
    ],
    result: text('Huquq guvohnomasi', 'Ҳуқуқ гувоҳномаси', 'Свидетельство о праве', 'Certificate of right'),
    basis: 'Tariff, discount and exemption: Law 937 of 05.08.2024 S86; term P',
  }),
  defineService({
    code: 'LAN-06',
    name: text(
      'Yakka tartibda uy-joy qurish xabarnomasi',
      'Якка тартибда уй-жой қуриш хабарномаси',
      'Уведомление об индивидуальном строительстве',
      'Notice of individual housing construction',
    ),
    department: 'D13',
    synonyms: [
      'uy qurish',
      'уй қуриш',
      'qurilish',
      'қурилиш',
      'строительство дома',
      'уведомление о строительстве',
      'build a house',
      'construction',
    ],
    deadlines: [workingDays(5)],
    fees: [share(0.2)],
    checklist: [
      identityDocument,
      cadastreData,
      brings('sketch', text('Uy eskizi', 'Уй эскизи', 'Эскиз дома', 'Sketch of the house')),
    ],
    form: [
      {
        ...cadastreNumber,
        label: text('Yer uchastkasi raqami', 'Ер участкаси рақами', 'Номер участка', 'Plot number'),
      },
      objectAddress,
      numberField('floors', text('Qavatlar soni', 'Қаватлар сони', 'Число этажей', 'Number of floors'), {
        required: true,
        min: 1,
        max: 3,
      }),
      numberField(
        'builtArea',
        text('Qurilish maydoni', 'Қурилиш майдони', 'Площадь застройки', 'Built-up area'),
        { required: true, min: 1, decimals: 1, unit: text('m²', 'м²', 'м²', 'm²') },
      ),
      yesNo(
        'offerAccepted',
        text(
          'Oferta shartlari qabul qilindi',
          'Оферта шартлари қабул қилинди',
          'Условия оферты приняты',
          'The public offer is accepted',
        ),
        { required: true },
      ),
      contactPhone,
      remarks,
    ],
    result: text(
      'Roʻyxatga olingan xabarnoma',
      'Рўйхатга олинган хабарнома',
      'Зарегистрированное уведомление',
      'Registered notice',
    ),
    basis: 'Offer and filling by the clerk S32; term P; fee P',
  }),
];
