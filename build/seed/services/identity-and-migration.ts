import type { Service } from '#model/service';
import {
  cadastreNumber,
  child,
  contactPhone,
  documentNumber,
  objectAddress,
  remarks,
} from '../common-fields.ts';
import { defineService } from '../define-service.ts';
import { choice, dateField, personField, pinflField, textField, tierField, yesNo } from '../fields.ts';
import { birthRecord, brings, cadastreData, identityDocument, mayBring, ownerConsent } from '../papers.ts';
import { months, share, type Tier, tariff, workingDays } from '../terms.ts';
import { text } from '../text.ts';

const passportTiers: readonly Tier[] = [
  ['adult', text('16 yosh va undan katta', '16 ёш ва ундан катта', '16 лет и старше', 'Aged 16 or over'), 1],
  ['under-16', text('16 yoshgacha', '16 ёшгача', 'До 16 лет', 'Under 16'), 0.8],
];
const issueReason = choice(
  'issueReason',
  text('Olish sababi', 'Олиш сабаби', 'Причина получения', 'Reason for the issue'),
  {
    first: text('Birinchi marta', 'Биринчи марта', 'Впервые', 'First'),
    expired: text('Muddati tugagan', 'Муддати тугаган', 'Истёк срок', 'Expired'),
    lost: text('Yoʻqolgan', 'Йўқолган', 'Утеря', 'Lost'),
    changed: text('Maʼlumotlar oʻzgargan', 'Маълумотлар ўзгарган', 'Изменились данные', 'Data changed'),
  },
  { required: true },
);
const oldDocument = {
  ...documentNumber,
  label: text(
    'Eski hujjat raqami',
    'Эски ҳужжат рақами',
    'Номер старого документа',
    'Number of the old document',
  ),
};
const registrationSheet = text(
  'QR-kodli roʻyxat varaqasi',
  'QR-кодли рўйхат варақаси',
  'Лист регистрации с QR-кодом',
  'Registration sheet with a QR code',
);

/** Sphere IDM. */
export const identityAndMigration: readonly Service[] = [
  defineService({
    code: 'IDM-01',
    name: text('ID-karta rasmiylashtirish', 'ID-карта расмийлаштириш', 'Оформление ID-карты', 'ID card'),
    department: 'D16',
    synonyms: [
      'pasport',
      'паспорт',
      'ID karta',
      'айди карта',
      'удостоверение личности',
      'identity card',
      '16 yosh',
      'идентификация',
    ],
    deadlines: [workingDays(3)],
    fees: [share(0.89)],
    checklist: [
      mayBring(
        'old-document',
        text(
          'Amaldagi pasport yoki ID-karta',
          'Амалдаги паспорт ёки ID-карта',
          'Действующий паспорт или ID-карта',
          'Present passport or ID card',
        ),
      ),
      birthRecord,
    ],
    form: [
      issueReason,
      oldDocument,
      yesNo('forChild', text('Bola uchun', 'Бола учун', 'Для ребёнка', 'For a child'), { required: true }),
      { ...child, when: { key: 'forChild', is: [true] } },
      yesNo(
        'biometricsAgreed',
        text(
          'Surat va barmoq izi olishga rozi',
          'Сурат ва бармоқ изи олишга рози',
          'Согласие на фото и отпечатки',
          'Agrees to the photograph and fingerprints',
        ),
        { required: true },
      ),
    ],
    result: text(
      'ID-karta (yoshga qarab 2, 5 yoki 10 yilga)',
      'ID-карта (ёшга қараб 2, 5 ёки 10 йилга)',
      'ID-карта (на 2, 5 или 10 лет по возрасту)',
      'ID card (valid 2, 5 or 10 years by age)',
    ),
    basis: '1–3 working days S92, S93; fee (2020) S94; validity S95; biometrics S91',
  }),
  defineService({
    code: 'IDM-02',
    name: text(
      'Xorijga chiqish biometrik pasporti',
      'Хорижга чиқиш биометрик паспорти',
      'Загранпаспорт',
      'Passport for travel abroad',
    ),
    department: 'D16',
    synonyms: [
      'zagran',
      'загран',
      'qizil pasport',
      'қизил паспорт',
      'загранпаспорт',
      'chet el',
      'чет эл',
      'travel passport',
      'abroad',
    ],
    deadlines: [workingDays(10, { from: '2022-01-01' })],
    fees: [tariff(passportTiers)],
    checklist: [identityDocument],
    form: [
      tierField(text('Kim uchun', 'Ким учун', 'Для кого', 'For whom'), passportTiers),
      { ...child, when: { key: 'feeTier', is: ['under-16'] } },
      issueReason,
      oldDocument,
      { ...contactPhone, required: true },
    ],
    result: text('Biometrik pasport', 'Биометрик паспорт', 'Биометрический паспорт', 'Biometric passport'),
    basis: 'Via centres from 01.01.2022 S25; term S96; fee S97',
  }),
  defineService({
    code: 'IDM-03',
    name: text(
      'Doimiy yashash joyi boʻyicha roʻyxat',
      'Доимий яшаш жойи бўйича рўйхат',
      'Регистрация по постоянному месту жительства',
      'Permanent residence registration',
    ),
    department: 'D16',
    synonyms: [
      'propiska',
      'прописка',
      'doimiy propiska',
      'доимий прописка',
      'roʻyxatga turish',
      'постоянная прописка',
      'residence',
      'address registration',
    ],
    deadlines: [workingDays(1)],
    fees: [share(0.02)],
    checklist: [identityDocument, cadastreData, ownerConsent],
    form: [
      cadastreNumber,
      objectAddress,
      pinflField(
        'registeredPinfl',
        text(
          'Roʻyxatga olinadigan shaxsning JShShIRi',
          'Рўйхатга олинадиган шахснинг ЖШШИРи',
          'ПИНФЛ регистрируемого лица',
          'PINFL of the person registered',
        ),
        { required: true },
      ),
      choice(
        'relation',
        text(
          'Uy egasiga aloqadorligi',
          'Уй эгасига алоқадорлиги',
          'Отношение к собственнику',
          'Relation to the owner',
        ),
        {
          owner: text('Oʻzi uy egasi', 'Ўзи уй эгаси', 'Собственник', 'The owner'),
          relative: text('Qarindoshi', 'Қариндоши', 'Родственник', 'Relative'),
          tenant: text('Ijarachi', 'Ижарачи', 'Арендатор', 'Tenant'),
        },
        { required: true },
      ),
      yesNo(
        'consentGiven',
        text('Uy egasi rozi', 'Уй эгаси рози', 'Согласие собственника получено', 'The owner consents'),
        { required: true },
      ),
    ],
    result: registrationSheet,
    basis: 'Term S25b, S40; fee S40',
  }),
  defineService({
    code: 'IDM-04',
    name: text(
      'Vaqtincha turgan joy boʻyicha roʻyxat',
      'Вақтинча турган жой бўйича рўйхат',
      'Временная регистрация',
      'Temporary registration',
    ),
    department: 'D16',
    synonyms: [
      'vaqtincha propiska',
      'вақтинча прописка',
      'временная прописка',
      'ижара уй',
      'temporary residence',
      'ijara',
    ],
    deadlines: [workingDays(5, { until: '2018-10-04' }), workingDays(1, { from: '2018-10-04' })],
    fees: [share(0.02)],
    checklist: [identityDocument, ownerConsent],
    form: [
      objectAddress,
      dateField('stayFrom', text('Qaysi sanadan', 'Қайси санадан', 'С какой даты', 'From'), {
        required: true,
      }),
      dateField('stayUntil', text('Qaysi sanagacha', 'Қайси санагача', 'По какую дату', 'Until'), {
        required: true,
        notBeforeToday: true,
      }),
      choice('stayPurpose', text('Maqsadi', 'Мақсади', 'Цель', 'Purpose'), {
        work: text('Ish', 'Иш', 'Работа', 'Work'),
        study: text('Oʻqish', 'Ўқиш', 'Учёба', 'Study'),
        treatment: text('Davolanish', 'Даволаниш', 'Лечение', 'Treatment'),
        other: text('Boshqa', 'Бошқа', 'Другое', 'Other'),
      }),
    ],
    result: registrationSheet,
    basis: 'Term (was 5 working days) S98; fee P',
  }),
  defineService({
    code: 'IDM-05',
    name: text('Taklifnoma hujjati', 'Таклифнома ҳужжати', 'Оформление приглашения', 'Invitation document'),
    department: 'D16',
    synonyms: [
      'taklifnoma',
      'таклифнома',
      'mehmon',
      'меҳмон',
      'приглашение',
      'виза',
      'invitation',
      'visa',
      'guest',
    ],
    deadlines: [workingDays(5)],
    fees: [share(0.05)],
    checklist: [
      identityDocument,
      brings(
        'guest-passport',
        text(
          'Mehmon pasporti nusxasi',
          'Меҳмон паспорти нусхаси',
          'Копия паспорта гостя',
          'Copy of the passport of the guest',
        ),
      ),
    ],
    form: [
      personField('guest', text('Mehmon', 'Меҳмон', 'Гость', 'Guest'), { required: true }),
      textField(
        'guestPassport',
        text(
          'Mehmon pasporti raqami',
          'Меҳмон паспорти рақами',
          'Номер паспорта гостя',
          'Passport number of the guest',
        ),
        { required: true, maxLength: 40 },
      ),
      textField('guestCountry', text('Fuqaroligi', 'Фуқаролиги', 'Гражданство', 'Citizenship'), {
        required: true,
        maxLength: 100,
      }),
      dateField('arrival', text('Kelish sanasi', 'Келиш санаси', 'Дата приезда', 'Arrival'), {
        required: true,
        notBeforeToday: true,
      }),
    ],
    result: text('Taklifnoma', 'Таклифнома', 'Приглашение', 'Invitation'),
    basis: 'Fee S97; term P',
  }),
  defineService({
    code: 'IDM-06',
    name: text(
      'Fuqarolikka qabul / chiqish arizasi',
      'Фуқароликка қабул / чиқиш аризаси',
      'Заявление о гражданстве',
      'Citizenship application',
    ),
    department: 'D16',
    synonyms: [
      'fuqarolik',
      'фуқаролик',
      'grajdanstvo',
      'гражданство',
      'citizenship',
      'naturalisation',
      'fuqarolikdan chiqish',
    ],
    deadlines: [months(6, { from: '2022-01-08' })],
    fees: [share(2)],
    checklist: [
      identityDocument,
      brings('biography', text('Tarjimai hol', 'Таржимаи ҳол', 'Автобиография', 'Curriculum vitae')),
      birthRecord,
    ],
    form: [
      choice(
        'request',
        text('Iltimos', 'Илтимос', 'Просьба', 'Request'),
        {
          grant: text(
            'Fuqarolikka qabul qilish',
            'Фуқароликка қабул қилиш',
            'Приём в гражданство',
            'Granting citizenship',
          ),
          restore: text(
            'Fuqarolikni tiklash',
            'Фуқароликни тиклаш',
            'Восстановление в гражданстве',
            'Restoring citizenship',
          ),
          leave: text(
            'Fuqarolikdan chiqish',
            'Фуқароликдан чиқиш',
            'Выход из гражданства',
            'Leaving citizenship',
          ),
        },
        { required: true },
      ),
      textField(
        'presentCitizenship',
        text('Hozirgi fuqaroligi', 'Ҳозирги фуқаролиги', 'Нынешнее гражданство', 'Present citizenship'),
        { required: true, maxLength: 100 },
      ),
      dateField(
        'residesSince',
        text(
          'Qachondan buyon yashaydi',
          'Қачондан буён яшайди',
          'С какого времени проживает',
          'Resident since',
        ),
        { notAfterToday: true },
      ),
      textField('grounds', text('Asoslari', 'Асослари', 'Обоснование', 'Grounds'), {
        required: true,
        lines: 5,
        maxLength: 4000,
      }),
      remarks,
    ],
    result: text(
      'Fuqarolik masalasi boʻyicha qaror',
      'Фуқаролик масаласи бўйича қарор',
      'Решение по вопросу гражданства',
      'Decision on citizenship',
    ),
    basis: 'Regulation of January 2022 S99; fee S97; months: six assumed P',
  }),
];
