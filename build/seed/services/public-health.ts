import type { Service } from '#model/service';
import { child, objectAddress, organisationName, purpose, remarks, stir } from '../common-fields.ts';
import { defineService } from '../define-service.ts';
import { choice, numberField, textField } from '../fields.ts';
import {
  birthRecord,
  brings,
  fetched,
  identityDocument,
  ownershipData,
  parentIdentity,
  photograph,
} from '../papers.ts';
import { free, share, workingDays } from '../terms.ts';
import { text } from '../text.ts';

const sanitaryApplicant = [{ ...organisationName, required: true }, stir];

/** Sphere PUB. */
export const publicHealth: readonly Service[] = [
  defineService({
    code: 'PUB-01',
    name: text(
      'Obyektga sanitariya-epidemiologik xulosa',
      'Объектга санитария-эпидемиологик хулоса',
      'Санитарно-эпидемиологическое заключение на объект',
      'Sanitary conclusion for premises',
    ),
    department: 'D04',
    synonyms: [
      'SES',
      'СЭС',
      'sanepid',
      'санэпид',
      'санитария хулосаси',
      'заключение СЭС',
      'sanitary inspection',
      'дўкон очиш',
    ],
    deadlines: [workingDays(10)],
    fees: [share(1)],
    checklist: [
      brings('application', text('Ariza', 'Ариза', 'Заявление', 'Application')),
      brings('plan', text('Obyekt rejasi', 'Объект режаси', 'План объекта', 'Plan of the premises')),
      ownershipData,
      fetched(
        'lease-data',
        text(
          'Ijara shartnomasi maʼlumotlari',
          'Ижара шартномаси маълумотлари',
          'Данные договора аренды',
          'Lease data',
        ),
      ),
    ],
    form: [
      ...sanitaryApplicant,
      objectAddress,
      choice(
        'objectKind',
        text('Obyekt turi', 'Объект тури', 'Вид объекта', 'Kind of premises'),
        {
          food: text('Ovqatlanish', 'Овқатланиш', 'Общественное питание', 'Catering'),
          trade: text('Savdo', 'Савдо', 'Торговля', 'Trade'),
          education: text('Taʼlim', 'Таълим', 'Образование', 'Education'),
          medical: text('Tibbiyot', 'Тиббиёт', 'Медицина', 'Medicine'),
          production: text('Ishlab chiqarish', 'Ишлаб чиқариш', 'Производство', 'Production'),
          other: text('Boshqa', 'Бошқа', 'Другое', 'Other'),
        },
        { required: true },
      ),
      numberField('area', text('Maydoni', 'Майдони', 'Площадь', 'Area'), {
        min: 1,
        decimals: 1,
        unit: text('m²', 'м²', 'м²', 'm²'),
      }),
    ],
    result: text(
      'QR-kodli sanitariya-epidemiologik xulosa',
      'QR-кодли санитария-эпидемиологик хулоса',
      'Санитарно-эпидемиологическое заключение с QR-кодом',
      'Sanitary conclusion with a QR code',
    ),
    basis: 'Term P; fee P',
  }),
  defineService({
    code: 'PUB-02',
    name: text(
      'Mahsulotga sanitariya-epidemiologik xulosa',
      'Маҳсулотга санитария-эпидемиологик хулоса',
      'Санитарно-эпидемиологическое заключение на продукцию',
      'Sanitary conclusion for goods',
    ),
    department: 'D04',
    synonyms: [
      'SES',
      'СЭС',
      'маҳсулот хулосаси',
      'заключение на товар',
      'гигиенический сертификат',
      'product safety',
      'oziq-ovqat',
    ],
    deadlines: [workingDays(10)],
    fees: [share(1)],
    checklist: [
      brings(
        'samples-protocol',
        text(
          'Namunalar sinovi bayonnomasi',
          'Намуналар синови баённомаси',
          'Протокол испытаний образцов',
          'Protocol of the sample tests',
        ),
      ),
      brings(
        'composition',
        text('Mahsulot tarkibi', 'Маҳсулот таркиби', 'Состав продукции', 'Composition of the goods'),
      ),
      brings('label', text('Yorliq namunasi', 'Ёрлиқ намунаси', 'Образец этикетки', 'Sample of the label')),
    ],
    form: [
      ...sanitaryApplicant,
      textField(
        'productName',
        text('Mahsulot nomi', 'Маҳсулот номи', 'Наименование продукции', 'Name of the goods'),
        { required: true, maxLength: 300 },
      ),
      choice(
        'origin',
        text('Kelib chiqishi', 'Келиб чиқиши', 'Происхождение', 'Origin'),
        {
          local: text('Mahalliy', 'Маҳаллий', 'Местная', 'Local'),
          imported: text('Import', 'Импорт', 'Импортная', 'Imported'),
        },
        { required: true },
      ),
      textField(
        'originCountry',
        text(
          'Ishlab chiqarilgan mamlakat',
          'Ишлаб чиқарилган мамлакат',
          'Страна производства',
          'Country of production',
        ),
        {
          required: true,
          maxLength: 100,
          when: { key: 'origin', is: ['imported'] },
        },
      ),
    ],
    result: text(
      'Mahsulotga xulosa',
      'Маҳсулотга хулоса',
      'Заключение на продукцию',
      'Conclusion for the goods',
    ),
    basis: 'Term P; fee P',
  }),
  defineService({
    code: 'PUB-03',
    name: text(
      'Shaxsiy tibbiy daftarcha',
      'Шахсий тиббий дафтарча',
      'Личная медицинская книжка',
      'Personal medical book',
    ),
    department: 'D04',
    synonyms: ['санкнижка', 'sanknijka', 'tibbiy kitobcha', 'тиббий китобча', 'медкнижка', 'health book'],
    deadlines: [workingDays(3)],
    fees: [share(0.1)],
    checklist: [
      identityDocument,
      photograph,
      brings(
        'check-up-results',
        text(
          'Tibbiy koʻrik natijalari',
          'Тиббий кўрик натижалари',
          'Результаты медосмотра',
          'Results of the check-up',
        ),
      ),
    ],
    form: [
      textField('workplace', text('Ish joyi', 'Иш жойи', 'Место работы', 'Place of work'), {
        required: true,
        maxLength: 300,
      }),
      textField('position', text('Lavozimi', 'Лавозими', 'Должность', 'Position'), {
        required: true,
        maxLength: 200,
      }),
      choice(
        'issue',
        text('Berish turi', 'Бериш тури', 'Вид выдачи', 'Kind of issue'),
        {
          first: text('Birinchi marta', 'Биринчи марта', 'Впервые', 'First'),
          renewal: text('Yangilash', 'Янгилаш', 'Обновление', 'Renewal'),
          lost: text('Yoʻqolgan oʻrniga', 'Йўқолган ўрнига', 'Взамен утерянной', 'Instead of a lost one'),
        },
        { required: true },
      ),
    ],
    result: text(
      'Shaxsiy tibbiy daftarcha',
      'Шахсий тиббий дафтарча',
      'Личная медицинская книжка',
      'Personal medical book',
    ),
    basis: 'Term P; fee P',
  }),
  defineService({
    code: 'PUB-04',
    name: text(
      'Profilaktik emlashlar toʻgʻrisida maʼlumotnoma',
      'Профилактик эмлашлар тўғрисида маълумотнома',
      'Справка о профилактических прививках',
      'Vaccination certificate',
    ),
    department: 'D04',
    synonyms: ['emlash', 'эмлаш', 'ukol', 'прививка', '063', 'vaccination', 'immunisation', 'bogʻcha uchun'],
    deadlines: [workingDays(1)],
    fees: [free],
    checklist: [parentIdentity, birthRecord],
    form: [child, purpose, remarks],
    result: text(
      'Emlashlar toʻgʻrisida maʼlumotnoma',
      'Эмлашлар тўғрисида маълумотнома',
      'Справка о прививках',
      'Vaccination certificate',
    ),
    basis: 'Term P; fee P',
  }),
];
