import type { Service } from '#model/service';
import {
  cadastreNumber,
  child,
  contactPhone,
  objectAddress,
  organisationName,
  preferredDate,
  remarks,
  stir,
} from '../common-fields.ts';
import { defineService } from '../define-service.ts';
import { choice, dateField, numberField, textField } from '../fields.ts';
import {
  birthRecord,
  brings,
  childMedicalCertificate,
  identityDocument,
  ownershipData,
  parentIdentity,
  workDesign,
} from '../papers.ts';
import { free, minutes, share, workingDays } from '../terms.ts';
import { text } from '../text.ts';

const enrolmentNotice = text(
  'Qabul qilinganlik toʻgʻrisida xabarnoma',
  'Қабул қилинганлик тўғрисида хабарнома',
  'Уведомление о зачислении',
  'Enrolment notice',
);

/** Sphere CUL. */
export const cultureAndSports: readonly Service[] = [
  defineService({
    code: 'CUL-01',
    name: text(
      'Musiqa va sanʼat maktabiga qabul',
      'Мусиқа ва санъат мактабига қабул',
      'Приём в школу музыки и искусств',
      'Admission to music/art school',
    ),
    department: 'D08',
    synonyms: [
      'musiqa maktabi',
      'мусиқа мактаби',
      'sanʼat',
      'рассомлик',
      'музыкалка',
      'музыкальная школа',
      'music school',
      'art school',
    ],
    deadlines: [workingDays(5)],
    fees: [free],
    checklist: [parentIdentity, birthRecord],
    form: [
      child,
      choice(
        'direction',
        text('Yoʻnalish', 'Йўналиш', 'Направление', 'Field'),
        {
          instrument: text('Cholgʻu ijrochiligi', 'Чолғу ижрочилиги', 'Игра на инструменте', 'Instrument'),
          vocal: text('Vokal', 'Вокал', 'Вокал', 'Singing'),
          dance: text('Raqs', 'Рақс', 'Танец', 'Dance'),
          painting: text('Tasviriy sanʼat', 'Тасвирий санъат', 'Изобразительное искусство', 'Fine art'),
        },
        { required: true },
      ),
      textField('instrument', text('Cholgʻu', 'Чолғу', 'Инструмент', 'Instrument'), {
        required: true,
        maxLength: 100,
        when: { key: 'direction', is: ['instrument'] },
      }),
      {
        ...preferredDate,
        key: 'auditionDate',
        label: text('Sinov sanasi', 'Синов санаси', 'Дата прослушивания', 'Audition date'),
      },
    ],
    result: enrolmentNotice,
    basis: 'Term P; fee P',
  }),
  defineService({
    code: 'CUL-02',
    name: text(
      'Madaniy-ommaviy tadbir oʻtkazishga ruxsat',
      'Маданий-оммавий тадбир ўтказишга рухсат',
      'Разрешение на культурно-массовое мероприятие',
      'Permit for a public cultural event',
    ),
    department: 'D08',
    synonyms: [
      'konsert',
      'концерт',
      'tadbir',
      'тадбир',
      'bayram',
      'мероприятие',
      'фестиваль',
      'concert',
      'event permit',
    ],
    deadlines: [workingDays(10)],
    fees: [share(0.5)],
    checklist: [
      brings(
        'programme',
        text('Tadbir dasturi', 'Тадбир дастури', 'Программа мероприятия', 'Programme of the event'),
      ),
      brings(
        'venue-consent',
        text(
          'Oʻtkazish joyi egasining roziligi',
          'Ўтказиш жойи эгасининг розилиги',
          'Согласие владельца площадки',
          'Consent of the venue',
        ),
      ),
      brings(
        'safety-plan',
        text('Xavfsizlik rejasi', 'Хавфсизлик режаси', 'План безопасности', 'Safety plan'),
      ),
    ],
    form: [
      textField(
        'eventName',
        text('Tadbir nomi', 'Тадбир номи', 'Название мероприятия', 'Name of the event'),
        { required: true, maxLength: 300 },
      ),
      dateField(
        'eventDate',
        text('Oʻtkazish sanasi', 'Ўтказиш санаси', 'Дата проведения', 'Date of the event'),
        { required: true, notBeforeToday: true },
      ),
      { ...objectAddress, label: text('Oʻtkazish joyi', 'Ўтказиш жойи', 'Место проведения', 'Venue') },
      numberField(
        'visitors',
        text(
          'Kutilayotgan ishtirokchilar soni',
          'Кутилаётган иштирокчилар сони',
          'Ожидаемое число участников',
          'Visitors expected',
        ),
        { required: true, min: 1, max: 200_000 },
      ),
      {
        ...contactPhone,
        label: text(
          'Masʼul shaxs telefoni',
          'Масъул шахс телефони',
          'Телефон ответственного лица',
          'Phone of the person in charge',
        ),
      },
    ],
    result: text('Ruxsatnoma', 'Рухсатнома', 'Разрешение', 'Permit'),
    basis: 'Term P; fee P',
  }),
  defineService({
    code: 'CUL-03',
    name: text(
      'Madaniy meros obyektidagi ishlarni kelishish',
      'Маданий мерос объектидаги ишларни келишиш',
      'Согласование работ на объекте культурного наследия',
      'Consent to works on a heritage site',
    ),
    department: 'D08',
    synonyms: [
      'madaniy meros',
      'маданий мерос',
      'yodgorlik',
      'ёдгорлик',
      'памятник',
      'реставрация',
      'heritage',
      'restoration',
    ],
    deadlines: [workingDays(15)],
    fees: [share(1)],
    checklist: [
      workDesign,
      brings(
        'photographs',
        text('Obyekt fotosuratlari', 'Объект фотосуратлари', 'Фотографии объекта', 'Photographs of the site'),
      ),
      ownershipData,
    ],
    form: [
      { ...organisationName, label: text('Buyurtmachi', 'Буюртмачи', 'Заказчик', 'Client') },
      stir,
      cadastreNumber,
      objectAddress,
      textField(
        'works',
        text('Rejalashtirilgan ishlar', 'Режалаштирилган ишлар', 'Планируемые работы', 'Works planned'),
        { required: true, lines: 4, maxLength: 2000 },
      ),
    ],
    result: text(
      'Kelishuv yoki asoslantirilgan rad etish',
      'Келишув ёки асослантирилган рад этиш',
      'Согласование или мотивированный отказ',
      'Consent or a reasoned refusal',
    ),
    basis: 'Term P; fee P',
  }),
  defineService({
    code: 'CUL-04',
    name: text('Kutubxona aʼzoligi', 'Кутубхона аъзолиги', 'Читательский билет', 'Library membership'),
    department: 'D08',
    synonyms: [
      'kutubxona',
      'кутубхона',
      'kitob',
      'китоб',
      'библиотека',
      'читательский билет',
      'library card',
      'books',
    ],
    deadlines: [minutes(10)],
    fees: [free],
    checklist: [identityDocument],
    form: [
      choice(
        'readerKind',
        text('Kitobxon toifasi', 'Китобхон тоифаси', 'Категория читателя', 'Category of reader'),
        {
          pupil: text('Oʻquvchi', 'Ўқувчи', 'Школьник', 'Pupil'),
          student: text('Talaba', 'Талаба', 'Студент', 'Student'),
          adult: text('Kattalar', 'Катталар', 'Взрослый', 'Adult'),
        },
        { required: true },
      ),
      contactPhone,
    ],
    result: text('Kitobxon guvohnomasi', 'Китобхон гувоҳномаси', 'Читательский билет', 'Library card'),
    basis: 'Term P; fee P',
  }),
  defineService({
    code: 'CUL-05',
    name: text(
      'Bolalar-oʻsmirlar sport maktabiga qabul',
      'Болалар-ўсмирлар спорт мактабига қабул',
      'Приём в детско-юношескую спортивную школу',
      'Admission to youth sports school',
    ),
    department: 'D09',
    synonyms: [
      'sport maktabi',
      'спорт мактаби',
      'toʻgarak',
      'тўгарак',
      'ДЮСШ',
      'секция',
      'sports school',
      'футбол',
      'кураш',
    ],
    deadlines: [workingDays(5)],
    fees: [free],
    checklist: [parentIdentity, birthRecord, childMedicalCertificate],
    form: [
      child,
      textField('sport', text('Sport turi', 'Спорт тури', 'Вид спорта', 'Sport'), {
        required: true,
        maxLength: 100,
      }),
      numberField(
        'trainingYears',
        text(
          'Ilgari shugʻullangan yillari',
          'Илгари шуғулланган йиллари',
          'Сколько лет занятий ранее',
          'Years of earlier training',
        ),
        { min: 0, max: 15 },
      ),
      remarks,
    ],
    result: enrolmentNotice,
    basis: 'Term P; fee P',
  }),
];
