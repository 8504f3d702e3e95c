import type { Service } from '#model/service';
import { child, remarks } from '../common-fields.ts';
import { defineService } from '../define-service.ts';
import { choice, numberField, personField, textField, yesNo } from '../fields.ts';
import { birthRecord, bothIdentities, brings, fetched, identityDocument, mayBring } from '../papers.ts';
import { crestForm, share, workingDays } from '../terms.ts';
import { text } from '../text.ts';

const recordKinds = {
  birth: text('Tugʻilish', 'Туғилиш', 'Рождение', 'Birth'),
  marriage: text('Nikoh', 'Никоҳ', 'Брак', 'Marriage'),
  divorce: text('Nikohdan ajralish', 'Никоҳдан ажралиш', 'Развод', 'Divorce'),
  death: text('Oʻlim', 'Ўлим', 'Смерть', 'Death'),
  name: text('Ism-familiyani oʻzgartirish', 'Исм-фамилияни ўзгартириш', 'Перемена имени', 'Change of name'),
  paternity: text('Otalikni belgilash', 'Оталикни белгилаш', 'Установление отцовства', 'Paternity'),
};
const recordKind = choice(
  'recordKind',
  text('Qaysi yozuv', 'Қайси ёзув', 'Какая запись', 'Which record'),
  recordKinds,
  { required: true },
);
const recordOwner = personField(
  'recordOwner',
  text('Yozuv kimga tegishli', 'Ёзув кимга тегишли', 'О ком запись', 'Person of the record'),
  { required: true },
);
const recordYear = numberField(
  'recordYear',
  text('Qayd etilgan yili', 'Қайд этилган йили', 'Год регистрации', 'Year of registration'),
  { min: 1900, max: 2100 },
);
const recordOffice = textField(
  'recordOffice',
  text(
    'Qayd etgan FHDYo boʻlimi',
    'Қайд этган ФҲДЁ бўлими',
    'Отдел ЗАГС, составивший запись',
    'Registry office of the record',
  ),
  { maxLength: 300 },
);

/** Sphere FHD: changes and copies of records. */
export const civilRecords: readonly Service[] = [
  defineService({
    code: 'FHD-05',
    name: text(
      'Familiya, ism, ota ismini oʻzgartirish',
      'Фамилия, исм, ота исмини ўзгартириш',
      'Перемена ФИО',
      'Change of name',
    ),
    department: 'D15',
    synonyms: [
      'ism oʻzgartirish',
      'исм ўзгартириш',
      'familiya',
      'смена фамилии',
      'смена имени',
      'ФИО',
      'change name',
      'surname',
    ],
    deadlines: [workingDays(15)],
    fees: [share(1)],
    checklist: [
      identityDocument,
      birthRecord,
      fetched(
        'police-check',
        text(
          'Ichki ishlar organi tekshiruvi',
          'Ички ишлар органи текшируви',
          'Проверка органа внутренних дел',
          'Police check',
        ),
      ),
    ],
    form: [
      textField('newSurname', text('Yangi familiya', 'Янги фамилия', 'Новая фамилия', 'New surname'), {
        maxLength: 100,
      }),
      textField('newGivenName', text('Yangi ism', 'Янги исм', 'Новое имя', 'New given name'), {
        maxLength: 100,
      }),
      textField(
        'newPatronymic',
        text('Yangi ota ismi', 'Янги ота исми', 'Новое отчество', 'New patronymic'),
        { maxLength: 100 },
      ),
      textField('reason', text('Sababi', 'Сабаби', 'Причина', 'Reason'), {
        required: true,
        lines: 3,
        maxLength: 1000,
      }),
    ],
    result: text(
      'Yangi yozuv va hujjatlarni almashtirish zanjiri',
      'Янги ёзув ва ҳужжатларни алмаштириш занжири',
      'Новая запись и замена документов',
      'New record and a chain of new documents',
    ),
    basis: 'From age 16, police check S90; term P; fee P',
  }),
  defineService({
    code: 'FHD-06',
    name: text('Otalikni belgilash', 'Оталикни белгилаш', 'Установление отцовства', 'Establishing paternity'),
    department: 'D15',
    synonyms: ['otalik', 'оталик', 'otasi', 'отцовство', 'признание отцовства', 'paternity', 'father'],
    deadlines: [workingDays(3)],
    fees: [crestForm],
    checklist: [
      bothIdentities,
      birthRecord,
      mayBring('court-decision', text('Sud qarori', 'Суд қарори', 'Решение суда', 'Court decision')),
    ],
    form: [
      child,
      personField('father', text('Ota', 'Ота', 'Отец', 'Father'), { required: true }),
      choice(
        'ground',
        text('Asos', 'Асос', 'Основание', 'Ground'),
        {
          joint: text(
            'Ota-onaning birgalikdagi arizasi',
            'Ота-онанинг биргаликдаги аризаси',
            'Совместное заявление родителей',
            'Joint application of the parents',
          ),
          court: text('Sud qarori', 'Суд қарори', 'Решение суда', 'Court decision'),
        },
        { required: true },
      ),
      yesNo(
        'changeSurname',
        text(
          'Bola otasining familiyasiga oʻtadi',
          'Бола отасининг фамилиясига ўтади',
          'Ребёнок получает фамилию отца',
          'The child takes the surname of the father',
        ),
      ),
    ],
    result: text(
      'Oʻzgartirilgan tugʻilganlik yozuvi',
      'Ўзгартирилган туғилганлик ёзуви',
      'Изменённая запись о рождении',
      'Amended birth record',
    ),
    basis: 'Fee S27; term P',
  }),
  defineService({
    code: 'FHD-07',
    name: text(
      'Takroriy guvohnoma',
      'Такрорий гувоҳнома',
      'Повторное свидетельство',
      'Duplicate civil certificate',
    ),
    department: 'D15',
    synonyms: [
      'dublikat',
      'дубликат',
      'yoʻqolgan metrika',
      'метрика йўқолди',
      'потерял свидетельство',
      'lost certificate',
      'ЗАГС',
    ],
    deadlines: [workingDays(1)],
    fees: [crestForm],
    checklist: [identityDocument],
    form: [
      recordKind,
      recordOwner,
      recordYear,
      textField('reason', text('Sababi', 'Сабаби', 'Причина', 'Reason'), { required: true, lines: 2 }),
    ],
    result: text(
      'Takroriy guvohnoma',
      'Такрорий гувоҳнома',
      'Повторное свидетельство',
      'Duplicate certificate',
    ),
    basis: 'Regulation 134/2019 S33; fee S27; term P',
  }),
  defineService({
    code: 'FHD-08',
    name: text(
      'FHDYo arxiv maʼlumotnomasi',
      'ФҲДЁ архив маълумотномаси',
      'Архивная справка ЗАГС',
      'Civil-registry archive certificate',
    ),
    department: 'D15',
    synonyms: [
      'arxiv',
      'архив',
      'справка ЗАГС',
      'qarindoshlik',
      'қариндошлик',
      'родство',
      'kinship',
      'family record',
    ],
    deadlines: [workingDays(3)],
    fees: [share(0.05)],
    checklist: [
      identityDocument,
      brings(
        'kinship-proof',
        text(
          'Qarindoshlikni tasdiqlovchi hujjat',
          'Қариндошликни тасдиқловчи ҳужжат',
          'Документ о родстве',
          'Proof of kinship',
        ),
      ),
    ],
    form: [recordKind, recordOwner, recordYear, recordOffice, remarks],
    result: text('Arxiv maʼlumotnomasi', 'Архив маълумотномаси', 'Архивная справка', 'Archive certificate'),
    basis: 'Documents S33; term P; fee P',
  }),
];
