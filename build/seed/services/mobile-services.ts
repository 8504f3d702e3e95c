import type { Service } from '#model/service';
import { contactPhone, preferredDate, remarks } from '../common-fields.ts';
import { defineService } from '../define-service.ts';
import { addressField, choice, dateField, numberField, textField, tierField } from '../fields.ts';
import { identityDocument, mayBring } from '../papers.ts';
import { free, hours, minutes, noDate, type Tier, tariff } from '../terms.ts';
import { text } from '../text.ts';

const visitTiers: readonly Tier[] = [
  ['district', text('Tumanlarda', 'Туманларда', 'В районах', 'In districts'), 0.3],
  [
    'regional-centre',
    text('Viloyat markazida', 'Вилоят марказида', 'В областном центре', 'In a regional centre'),
    0.4,
  ],
  ['tashkent', text('Toshkent shahrida', 'Тошкент шаҳрида', 'В городе Ташкенте', 'In Tashkent city'), 0.5],
  [
    'exempt',
    text(
      'Imtiyozli toifa (bepul)',
      'Имтиёзли тоифа (бепул)',
      'Льготная категория (бесплатно)',
      'Exempt group (free)',
    ),
    0,
  ],
];
const wantedServices = textField(
  'wantedServices',
  text('Qaysi xizmatlar kerak', 'Қайси хизматлар керак', 'Какие услуги нужны', 'Services wanted'),
  { required: true, lines: 2, maxLength: 500 },
);

/** Sphere MOB. */
export const mobileServices: readonly Service[] = [
  defineService({
    code: 'MOB-01',
    name: text(
      'Joyga chiqqan holda xizmat koʻrsatish',
      'Жойга чиққан ҳолда хизмат кўрсатиш',
      'Выездное обслуживание',
      'Home-visit service',
    ),
    department: 'D26',
    synonyms: [
      'uyga chaqirish',
      'уйга чақириш',
      'sayyor xizmat',
      'вызов на дом',
      'на дом',
      'home visit',
      'keksa',
      'ногиронлик',
    ],
    deadlines: [noDate('agreed-slot', { from: '2023-09-04' })],
    fees: [tariff(visitTiers)],
    checklist: [
      identityDocument,
      mayBring(
        'exemption',
        text(
          'Imtiyozni tasdiqlovchi hujjat',
          'Имтиёзни тасдиқловчи ҳужжат',
          'Документ о льготе',
          'Document proving the exemption',
        ),
      ),
    ],
    form: [
      addressField(
        'visitAddress',
        text('Tashrif manzili', 'Ташриф манзили', 'Адрес выезда', 'Address of the visit'),
        { required: true },
      ),
      tierField(
        text('Hudud yoki imtiyoz', 'Ҳудуд ёки имтиёз', 'Территория или льгота', 'Area or exemption'),
        visitTiers,
      ),
      wantedServices,
      { ...preferredDate, required: true },
      { ...contactPhone, required: true },
    ],
    result: text(
      'Soʻralgan xizmat joyida koʻrsatiladi',
      'Сўралган хизмат жойида кўрсатилади',
      'Запрошенная услуга на месте',
      'The requested service on the spot',
    ),
    basis: 'Slot, prices and exempt groups S48',
  }),
  defineService({
    code: 'MOB-02',
    name: text(
      'Sayyor qabul (mahalla)',
      'Сайёр қабул (маҳалла)',
      'Мобильный приём в махалле',
      'Mobile outreach day',
    ),
    kind: 'outreach',
    department: 'D26',
    synonyms: [
      'sayyor qabul',
      'сайёр',
      'mahalla',
      'маҳалла',
      'MFY',
      'МФЙ',
      'выездной приём',
      'outreach',
      'village visit',
      'qishloq',
    ],
    deadlines: [hours(8)],
    fees: [free],
    checklist: [],
    form: [
      textField('mahalla', text('Mahalla (MFY)', 'Маҳалла (МФЙ)', 'Махалля (МСГ)', 'Mahalla'), {
        required: true,
        maxLength: 200,
      }),
      dateField('visitDate', text('Qabul sanasi', 'Қабул санаси', 'Дата приёма', 'Date of the visit'), {
        required: true,
      }),
      numberField(
        'visitors',
        text('Qabul qilinganlar soni', 'Қабул қилинганлар сони', 'Число принятых', 'People received'),
        { min: 0, max: 2000 },
      ),
      remarks,
    ],
    result: text('Ishlar roʻyxati', 'Ишлар рўйхати', 'Список дел', 'List of cases'),
    basis: 'Same day (kept as 8 h) P; fee P',
  }),
  defineService({
    code: 'MOB-03',
    name: text(
      'Interaktiv kiosk xizmati',
      'Интерактив киоск хизмати',
      'Услуга через инфокиоск',
      'Kiosk service',
    ),
    department: 'D26',
    synonyms: ['kiosk', 'киоск', 'infokiosk', 'инфокиоск', 'терминал', 'self-service', '24 soat', 'Face-ID'],
    deadlines: [minutes(10)],
    fees: [free],
    checklist: [
      mayBring(
        'id-card',
        text(
          'ID-karta (Face-ID boʻlmasa)',
          'ID-карта (Face-ID бўлмаса)',
          'ID-карта (если нет Face-ID)',
          'ID card (without Face-ID)',
        ),
      ),
    ],
    form: [
      choice(
        'identification',
        text('Shaxsni aniqlash', 'Шахсни аниқлаш', 'Идентификация', 'Identification'),
        {
          'face-id': text('Face-ID', 'Face-ID', 'Face-ID', 'Face-ID'),
          'id-card': text('ID-karta', 'ID-карта', 'ID-карта', 'ID card'),
        },
        { required: true },
      ),
      wantedServices,
    ],
    result: text(
      'QR-kodli chop etilgan hujjat',
      'QR-кодли чоп этилган ҳужжат',
      'Печатный документ с QR-кодом',
      'Printed document with a QR code',
    ),
    basis: 'Identification S17; minutes P; fee of the chosen service at the portal price P',
  }),
];
