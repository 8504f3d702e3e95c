import type { Service } from '#model/service';
import { contactPhone, organisationName, remarks, stir } from '../common-fields.ts';
import { defineService } from '../define-service.ts';
import {
  addressField,
  choice,
  groupField,
  numberField,
  personField,
  textField,
  tierField,
} from '../fields.ts';
import { soleTraderForm } from '../forms/sole-trader-form.ts';
import { brings, identityDocument, mayBring } from '../papers.ts';
import { minutes, share, type Tier, tariff, workingDays } from '../terms.ts';
import { text } from '../text.ts';

const keyTiers: readonly Tier[] = [
  ['individual', text('Jismoniy shaxs', 'Жисмоний шахс', 'Физическое лицо', 'Natural person'), 0.07],
  [
    'business',
    text(
      'Yuridik shaxs yoki yakka tartibdagi tadbirkor',
      'Юридик шахс ёки якка тартибдаги тадбиркор',
      'Юридическое лицо или ИП',
      'Legal entity or sole trader',
    ),
    0.1,
  ],
];
const soum = text('soʻm', 'сўм', 'сум', 'soʻm');

/** Sphere BUS. */
export const businessRegistration: readonly Service[] = [
  defineService({
    code: 'BUS-01',
    name: text(
      'Yakka tartibdagi tadbirkorni roʻyxatdan oʻtkazish',
      'Якка тартибдаги тадбиркорни рўйхатдан ўтказиш',
      'Регистрация индивидуального предпринимателя',
      'Registering a sole trader',
    ),
    department: 'D14',
    synonyms: [
      'YTT',
      'ЯТТ',
      'ИП',
      'TIF',
      'ТИФ',
      'ВЭД',
      'patent',
      'тадбиркор',
      'biznes ochish',
      'бизнес очиш',
      'открыть ИП',
      'sole trader',
      'entrepreneur',
      'start a business',
    ],
    deadlines: [minutes(30)],
    fees: [share(1)],
    checklist: [
      identityDocument,
      mayBring('lease', text('Ijara shartnomasi', 'Ижара шартномаси', 'Договор аренды', 'Lease')),
    ],
    form: soleTraderForm,
    result: text(
      'Davlat roʻyxatidan oʻtkazilganlik guvohnomasi',
      'Давлат рўйхатидан ўтказилганлик гувоҳномаси',
      'Свидетельство о государственной регистрации',
      'Certificate of state registration',
    ),
    basis: 'Term P; fee P; EDS on the portal',
  }),
  defineService({
    code: 'BUS-02',
    name: text(
      'MChJni davlat roʻyxatidan oʻtkazish',
      'МЧЖни давлат рўйхатидан ўтказиш',
      'Регистрация ООО',
      'Registering an LLC',
    ),
    department: 'D14',
    synonyms: [
      'MChJ',
      'МЧЖ',
      'ООО',
      'firma ochish',
      'фирма очиш',
      'открыть фирму',
      'LLC',
      'company registration',
      'korxona',
    ],
    deadlines: [minutes(30)],
    fees: [share(1)],
    checklist: [
      brings('application', text('Ariza', 'Ариза', 'Заявление', 'Application')),
      brings('charter', text('Ustav', 'Устав', 'Устав', 'Charter')),
      brings(
        'founders-agreement',
        text('Taʼsis shartnomasi', 'Таъсис шартномаси', 'Учредительный договор', 'Agreement of the founders'),
      ),
    ],
    form: [
      { ...organisationName, required: true },
      addressField(
        'legalAddress',
        text('Yuridik manzil', 'Юридик манзил', 'Юридический адрес', 'Legal address'),
        { required: true },
      ),
      numberField('capital', text('Ustav fondi', 'Устав фонди', 'Уставный фонд', 'Charter capital'), {
        required: true,
        min: 0,
        unit: soum,
      }),
      groupField(
        'founders',
        text('Taʼsischilar', 'Таъсисчилар', 'Учредители', 'Founders'),
        [
          personField('founder', text('Taʼsischi', 'Таъсисчи', 'Учредитель', 'Founder'), { required: true }),
          numberField('sharePercent', text('Ulushi', 'Улуши', 'Доля', 'Share'), {
            required: true,
            min: 0.01,
            max: 100,
            decimals: 2,
            unit: text('%', '%', '%', '%'),
          }),
        ],
        { minRows: 1, maxRows: 50 },
      ),
      personField('director', text('Direktor', 'Директор', 'Директор', 'Director'), { required: true }),
    ],
    result: text(
      'Guvohnoma; maʼlumot soliq va statistika organlariga yuboriladi',
      'Гувоҳнома; маълумот солиқ ва статистика органларига юборилади',
      'Свидетельство; данные передаются налоговым и статистическим органам',
      'Certificate; data go to the tax and statistics bodies',
    ),
    basis: '30 min after documents and payment, founders confirm; 1.0 in person, 0.5 online (2017 rule) S87',
  }),
  defineService({
    code: 'BUS-03',
    name: text(
      'Taʼsis hujjatlariga oʻzgartirish',
      'Таъсис ҳужжатларига ўзгартириш',
      'Изменения в учредительные документы',
      'Amendments to charter',
    ),
    department: 'D14',
    synonyms: [
      'ustav oʻzgartirish',
      'устав ўзгартириш',
      'таъсисчи алмаштириш',
      'смена директора',
      'изменения в устав',
      'amend charter',
    ],
    deadlines: [workingDays(1)],
    fees: [share(0.5)],
    checklist: [
      brings(
        'decision',
        text('Taʼsischilar qarori', 'Таъсисчилар қарори', 'Решение учредителей', 'Decision of the founders'),
      ),
      brings(
        'new-charter',
        text('Yangi tahrirdagi ustav', 'Янги таҳрирдаги устав', 'Устав в новой редакции', 'New charter'),
      ),
    ],
    form: [
      { ...organisationName, required: true },
      { ...stir, required: true },
      choice(
        'changes',
        text('Nima oʻzgaradi', 'Нима ўзгаради', 'Что меняется', 'What changes'),
        {
          name: text('Nomi', 'Номи', 'Наименование', 'Name'),
          address: text('Manzili', 'Манзили', 'Адрес', 'Address'),
          director: text('Rahbari', 'Раҳбари', 'Руководитель', 'Director'),
          founders: text('Taʼsischilari', 'Таъсисчилари', 'Учредители', 'Founders'),
          capital: text('Ustav fondi', 'Устав фонди', 'Уставный фонд', 'Charter capital'),
          activity: text('Faoliyat turi', 'Фаолият тури', 'Вид деятельности', 'Activity'),
        },
        { required: true, many: true },
      ),
      textField(
        'changeText',
        text(
          'Oʻzgarishlar mazmuni',
          'Ўзгаришлар мазмуни',
          'Содержание изменений',
          'Substance of the changes',
        ),
        { required: true, lines: 4, maxLength: 2000 },
      ),
    ],
    result: text(
      'Yangilangan reyestr yozuvi',
      'Янгиланган реестр ёзуви',
      'Обновлённая запись реестра',
      'Renewed record',
    ),
    basis: 'Term P; fee P',
  }),
  defineService({
    code: 'BUS-04',
    name: text(
      'ERI kaliti sertifikati',
      'ЭРИ калити сертификати',
      'Сертификат ключа ЭЦП',
      'E-signature key certificate',
    ),
    department: 'D14',
    synonyms: [
      'ERI',
      'ЭРИ',
      'ЭЦП',
      'E-IMZO',
      'fleshka',
      'флешка',
      'elektron imzo',
      'электрон имзо',
      'ключ',
      'e-signature',
      'digital signature',
    ],
    deadlines: [minutes(15)],
    fees: [tariff(keyTiers)],
    checklist: [
      identityDocument,
      mayBring(
        'medium',
        text(
          'Kalit saqlanadigan qurilma',
          'Калит сақланадиган қурилма',
          'Носитель для ключа',
          'Medium for the key',
        ),
      ),
    ],
    form: [
      tierField(text('Kim uchun', 'Ким учун', 'Для кого', 'For whom'), keyTiers),
      { ...stir, required: true, when: { key: 'feeTier', is: ['business'] } },
      choice(
        'medium',
        text('Kalit tashuvchisi', 'Калит ташувчиси', 'Носитель ключа', 'Medium of the key'),
        {
          flash: text('USB-flesh', 'USB-флеш', 'USB-флеш', 'USB drive'),
          token: text('USB-token', 'USB-токен', 'USB-токен', 'USB token'),
          'id-card': text('ID-karta', 'ID-карта', 'ID-карта', 'ID card'),
        },
        { required: true },
      ),
      { ...contactPhone, required: true },
      remarks,
    ],
    result: text(
      'Kalit va sertifikat tashuvchida',
      'Калит ва сертификат ташувчида',
      'Ключ и сертификат на носителе',
      'Key and certificate on the medium',
    ),
    basis: 'Regulation 348/2018 S58; fee (2018) S88; term P',
  }),
];
