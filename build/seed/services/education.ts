import type { Service } from '#model/service';
import {
  child,
  contactPhone,
  documentNumber,
  hasPrivilege,
  objectAddress,
  privilegeGround,
  remarks,
  schoolName,
  teachingLanguage,
} from '../common-fields.ts';
import { defineService } from '../define-service.ts';
import { choice, dateField, numberField, pinflField, textField } from '../fields.ts';
import {
  birthRecord,
  brings,
  childMedicalCertificate,
  fetched,
  identityDocument,
  mayBring,
  parentIdentity,
  residenceData,
} from '../papers.ts';
import { free, minutes, noDate, share, workingDays, yearlyWindow } from '../terms.ts';
import { text } from '../text.ts';

const grade = numberField('grade', text('Sinf', 'Синф', 'Класс', 'Grade'), {
  required: true,
  min: 1,
  max: 11,
});
const admission = text(
  'Maktabga qabul qilish yoki asoslantirilgan qaytarish',
  'Мактабга қабул қилиш ёки асослантирилган қайтариш',
  'Зачисление или мотивированный возврат',
  'Enrolment or a reasoned return',
);

/** Sphere EDU. */
export const education: readonly Service[] = [
  defineService({
    code: 'EDU-01',
    name: text(
      'Davlat bogʻchasiga yoʻllanma',
      'Давлат боғчасига йўлланма',
      'Направление в государственный детский сад',
      'Referral to state kindergarten',
    ),
    department: 'D07',
    synonyms: [
      'bogʻcha',
      'боғча',
      'садик',
      'детсад',
      'MTT',
      'МТТ',
      'ДМТТ',
      'kindergarten',
      'nursery',
      'navbat',
    ],
    deadlines: [noDate('vacancy')],
    fees: [free],
    checklist: [
      parentIdentity,
      birthRecord,
      mayBring(
        'privilege-document',
        text(
          'Imtiyozni tasdiqlovchi hujjat',
          'Имтиёзни тасдиқловчи ҳужжат',
          'Документ, подтверждающий льготу',
          'Document proving a privilege',
        ),
      ),
    ],
    form: [
      child,
      textField(
        'kindergarten',
        text('Tanlangan bogʻchalar', 'Танланган боғчалар', 'Выбранные детские сады', 'Kindergartens chosen'),
        { required: true, maxLength: 300 },
      ),
      { ...teachingLanguage, required: true },
      hasPrivilege,
      privilegeGround,
      { ...contactPhone, required: true },
    ],
    result: text(
      'Yoʻllanma va SMS-kod (15 kun amal qiladi)',
      'Йўлланма ва SMS-код (15 кун амал қилади)',
      'Направление и SMS-код (действует 15 дней)',
      'Referral and SMS code (valid for 15 days)',
    ),
    basis: 'Within 1 working day of a vacancy S76; SMS S36; validity S76, S77; privileges S74, S75; fee P',
  }),
  defineService({
    code: 'EDU-02',
    name: text(
      '1-sinfga qabul (mikrohudud)',
      '1-синфга қабул (микроҳудуд)',
      'Приём в 1-й класс (микроучасток)',
      'Admission to grade 1 (catchment)',
    ),
    department: 'D07',
    synonyms: [
      'birinchi sinf',
      'биринчи синф',
      'мактаб',
      'maktabga qabul',
      'первый класс',
      'школа',
      'first grade',
      'school admission',
    ],
    deadlines: [yearlyWindow('06-20', '07-31', 4, { from: '2022-06-01' })],
    fees: [free],
    checklist: [parentIdentity, birthRecord, residenceData, childMedicalCertificate],
    form: [
      child,
      {
        ...objectAddress,
        label: text(
          'Bolaning yashash manzili',
          'Боланинг яшаш манзили',
          'Адрес проживания ребёнка',
          'Address of the child',
        ),
      },
      schoolName,
      { ...teachingLanguage, required: true },
    ],
    result: admission,
    basis: '3 + 1 working days: term P, window and fee S65',
  }),
  defineService({
    code: 'EDU-03',
    name: text(
      '1-sinfga qabul (mikrohududdan tashqari)',
      '1-синфга қабул (микроҳудуддан ташқари)',
      'Приём в 1-й класс (вне микроучастка)',
      'Admission to grade 1 (outside catchment)',
    ),
    department: 'D07',
    synonyms: [
      'boshqa maktab',
      'бошқа мактаб',
      'микроҳудуд',
      'не по прописке',
      'школа',
      'first grade',
      'other school',
    ],
    deadlines: [yearlyWindow('08-01', '08-15', 1, { from: '2025-02-01' })],
    fees: [free],
    checklist: [
      parentIdentity,
      birthRecord,
      residenceData,
      { ...childMedicalCertificate, required: false },
      fetched(
        'free-places',
        text(
          'Boʻsh oʻrinlar toʻgʻrisidagi maʼlumot',
          'Бўш ўринлар тўғрисидаги маълумот',
          'Сведения о свободных местах',
          'Data on free places',
        ),
      ),
    ],
    form: [
      child,
      schoolName,
      { ...teachingLanguage, required: true },
      textField(
        'secondSchool',
        text('Zaxiradagi maktab', 'Захирадаги мактаб', 'Запасная школа', 'Second choice of school'),
        { maxLength: 200 },
      ),
    ],
    result: admission,
    basis: '1 calendar day (kept as 1 working day), window and health paper within 3 days S78; fee S65',
  }),
  defineService({
    code: 'EDU-04',
    name: text(
      'Bir maktabdan boshqasiga oʻtkazish',
      'Бир мактабдан бошқасига ўтказиш',
      'Перевод из школы в школу',
      'Transfer between schools',
    ),
    department: 'D07',
    synonyms: [
      'maktabni oʻzgartirish',
      'мактабни ўзгартириш',
      'koʻchirish',
      'перевод в другую школу',
      'school transfer',
    ],
    deadlines: [workingDays(3, { from: '2022-06-01' })],
    fees: [free],
    checklist: [
      parentIdentity,
      fetched(
        'class-data',
        text('Sinf toʻgʻrisidagi maʼlumot', 'Синф тўғрисидаги маълумот', 'Сведения о классе', 'Class data'),
      ),
    ],
    form: [
      child,
      grade,
      textField(
        'fromSchool',
        text('Qaysi maktabdan', 'Қайси мактабдан', 'Из какой школы', 'From which school'),
        { required: true, maxLength: 200 },
      ),
      { ...schoolName, label: text('Qaysi maktabga', 'Қайси мактабга', 'В какую школу', 'To which school') },
      teachingLanguage,
    ],
    result: text(
      'Oʻtkazish toʻgʻrisida xabarnoma',
      'Ўтказиш тўғрисида хабарнома',
      'Уведомление о переводе',
      'Transfer notice',
    ),
    basis: 'Regulation S65; term P; fee P',
  }),
  defineService({
    code: 'EDU-05',
    name: text(
      'Attestat (diplom) dublikati',
      'Аттестат (диплом) дубликати',
      'Дубликат аттестата (диплома)',
      'Duplicate of school certificate',
    ),
    department: 'D07',
    synonyms: [
      'attestat',
      'аттестат',
      'diplom yoʻqolgan',
      'диплом йўқолган',
      'дубликат',
      'утеря аттестата',
      'diploma copy',
      'shahodatnoma',
    ],
    deadlines: [workingDays(10)],
    fees: [share(0.1)],
    checklist: [
      identityDocument,
      brings(
        'loss-statement',
        text(
          'Yoʻqolganlik toʻgʻrisida bayonot',
          'Йўқолганлик тўғрисида баёнот',
          'Заявление об утрате',
          'Statement of loss',
        ),
      ),
    ],
    form: [
      schoolName,
      numberField(
        'graduationYear',
        text('Tugatgan yili', 'Тугатган йили', 'Год окончания', 'Year of graduation'),
        { required: true, min: 1930, max: 2100 },
      ),
      choice(
        'documentKind',
        text('Hujjat turi', 'Ҳужжат тури', 'Вид документа', 'Kind of document'),
        {
          school: text('Maktab attestati', 'Мактаб аттестати', 'Школьный аттестат', 'School certificate'),
          college: text(
            'Kollej yoki litsey diplomi',
            'Коллеж ёки лицей дипломи',
            'Диплом колледжа или лицея',
            'College or lyceum diploma',
          ),
        },
        { required: true },
      ),
      {
        ...documentNumber,
        label: text(
          'Hujjat raqami (maʼlum boʻlsa)',
          'Ҳужжат рақами (маълум бўлса)',
          'Номер документа (если известен)',
          'Document number (if known)',
        ),
      },
      textField(
        'reason',
        text(
          'Dublikat olish sababi',
          'Дубликат олиш сабаби',
          'Причина выдачи дубликата',
          'Reason for the duplicate',
        ),
        { required: true, lines: 2 },
      ),
    ],
    result: text(
      'Attestat (diplom) dublikati',
      'Аттестат (диплом) дубликати',
      'Дубликат аттестата (диплома)',
      'Duplicate of the certificate (diploma)',
    ),
    basis: 'Term P; fee P',
  }),
  defineService({
    code: 'EDU-06',
    name: text(
      'Bogʻcha navbatini tekshirish / navbatdan chiqarish',
      'Боғча навбатини текшириш / навбатдан чиқариш',
      'Проверка / снятие с очереди в детский сад',
      'Check or leave the kindergarten queue',
    ),
    department: 'D07',
    synonyms: [
      'bogʻcha navbati',
      'боғча навбати',
      'очередь в садик',
      'снять с очереди',
      'kindergarten queue',
      'navbat raqami',
    ],
    deadlines: [minutes(5)],
    fees: [free],
    checklist: [parentIdentity],
    form: [
      choice(
        'action',
        text('Nima qilinadi', 'Нима қилинади', 'Действие', 'What to do'),
        {
          check: text('Navbatni tekshirish', 'Навбатни текшириш', 'Проверить очередь', 'Check the queue'),
          leave: text('Navbatdan chiqarish', 'Навбатдан чиқариш', 'Снять с очереди', 'Leave the queue'),
        },
        { required: true },
      ),
      textField(
        'applicationNumber',
        text('Ariza raqami', 'Ариза рақами', 'Номер заявления', 'Application number'),
        { maxLength: 40 },
      ),
      pinflField(
        'childPinfl',
        text('Bolaning JShShIRi', 'Боланинг ЖШШИРи', 'ПИНФЛ ребёнка', 'PINFL of the child'),
      ),
      dateField(
        'leaveFrom',
        text('Qaysi sanadan chiqariladi', 'Қайси санадан чиқарилади', 'С какой даты снять', 'Leave from'),
        { when: { key: 'action', is: ['leave'] } },
      ),
      remarks,
    ],
    result: text(
      'Navbatdagi oʻrni chop etilgan varaq',
      'Навбатдаги ўрни чоп этилган варақ',
      'Распечатка места в очереди',
      'Printed place in the queue',
    ),
    basis: 'Functions S76; term P; fee P',
  }),
];
