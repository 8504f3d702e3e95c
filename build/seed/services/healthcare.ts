import type { Service } from '#model/service';
import { contactPhone, purpose, remarks } from '../common-fields.ts';
import { defineService } from '../define-service.ts';
import { choice, dateField, personField, textField, yesNo } from '../fields.ts';
import { bothIdentities, brings, fetched, identityDocument } from '../papers.ts';
import { free, noDate, workingDays } from '../terms.ts';
import { text } from '../text.ts';

/** Sphere HEA. */
export const healthcare: readonly Service[] = [
  defineService({
    code: 'HEA-01',
    name: text(
      'Keksalar va nogironlarga sanatoriy yoʻllanmasi',
      'Кексалар ва ногиронларга санаторий йўлланмаси',
      'Путёвка в санаторий для пожилых и лиц с инвалидностью',
      'Sanatorium voucher',
    ),
    department: 'D06',
    synonyms: [
      'sanatoriy',
      'санаторий',
      'putyovka',
      'путёвка',
      'дам олиш',
      'sihatgoh',
      'сиҳатгоҳ',
      'sanatorium',
      'spa treatment',
    ],
    deadlines: [noDate('queue', { from: '2022-10-30' })],
    fees: [free],
    checklist: [
      identityDocument,
      fetched(
        'category-data',
        text(
          'Imtiyozli toifa toʻgʻrisidagi maʼlumot',
          'Имтиёзли тоифа тўғрисидаги маълумот',
          'Сведения о льготной категории',
          'Data on the privileged category',
        ),
      ),
      brings(
        'doctor-recommendation',
        text('Shifokor tavsiyasi', 'Шифокор тавсияси', 'Рекомендация врача', 'Recommendation of the doctor'),
      ),
    ],
    form: [
      choice(
        'category',
        text('Toifa', 'Тоифа', 'Категория', 'Category'),
        {
          'lonely-elderly': text(
            'Yolgʻiz keksa',
            'Ёлғиз кекса',
            'Одинокий пожилой человек',
            'Lonely elderly person',
          ),
          'disability-1': text(
            'I guruh nogironligi',
            'I гуруҳ ногиронлиги',
            'Инвалидность I группы',
            'Disability, group I',
          ),
          'disability-2': text(
            'II guruh nogironligi',
            'II гуруҳ ногиронлиги',
            'Инвалидность II группы',
            'Disability, group II',
          ),
          veteran: text(
            'Urush va mehnat fronti faxriysi',
            'Уруш ва меҳнат фронти фахрийси',
            'Ветеран войны или трудового фронта',
            'Veteran of war or labour front',
          ),
          pensioner: text('Pensioner', 'Пенсионер', 'Пенсионер', 'Pensioner'),
        },
        { required: true },
      ),
      textField(
        'profile',
        text('Davolanish yoʻnalishi', 'Даволаниш йўналиши', 'Профиль лечения', 'Kind of treatment'),
        { required: true, maxLength: 200 },
      ),
      yesNo(
        'companion',
        text('Hamroh kerak', 'Ҳамроҳ керак', 'Нужен сопровождающий', 'A companion is needed'),
      ),
      contactPhone,
    ],
    result: text(
      'Qogʻoz yoki elektron yoʻllanma',
      'Қоғоз ёки электрон йўлланма',
      'Путёвка на бумаге или электронная',
      'Voucher, paper or electronic',
    ),
    basis: 'Queue, yearly S82; eight categories (five shown) and fee S81',
  }),
  defineService({
    code: 'HEA-02',
    name: text(
      'Tibbiy-ijtimoiy ekspertizaga ariza',
      'Тиббий-ижтимоий экспертизага ариза',
      'Заявление на медико-социальную экспертизу',
      'Application for disability assessment',
    ),
    department: 'D06',
    synonyms: [
      'VTEK',
      'ВТЭК',
      'MSE',
      'МСЭ',
      'ТИЭК',
      'nogironlik',
      'ногиронлик',
      'инвалидность',
      'disability',
    ],
    deadlines: [workingDays(15)],
    fees: [free],
    checklist: [
      identityDocument,
      fetched(
        'referral',
        text(
          'Davolash muassasasi yoʻllanmasi',
          'Даволаш муассасаси йўлланмаси',
          'Направление лечебного учреждения',
          'Referral of the clinic',
        ),
      ),
    ],
    form: [
      choice(
        'examination',
        text('Koʻrik turi', 'Кўрик тури', 'Вид освидетельствования', 'Kind of examination'),
        {
          first: text('Birinchi marta', 'Биринчи марта', 'Первичное', 'First'),
          repeated: text('Qayta koʻrik', 'Қайта кўрик', 'Повторное', 'Repeated'),
          appeal: text(
            'Xulosadan shikoyat',
            'Хулосадан шикоят',
            'Обжалование заключения',
            'Appeal against a conclusion',
          ),
        },
        { required: true },
      ),
      textField(
        'clinic',
        text(
          'Yoʻllanma bergan muassasa',
          'Йўлланма берган муассаса',
          'Учреждение, выдавшее направление',
          'Clinic that gave the referral',
        ),
        { required: true, maxLength: 300 },
      ),
      yesNo(
        'atHome',
        text(
          'Koʻrik uyda oʻtkazilsin',
          'Кўрик уйда ўтказилсин',
          'Освидетельствование на дому',
          'Examination at home',
        ),
      ),
      remarks,
    ],
    result: text(
      'Tibbiy-ijtimoiy ekspertiza xulosasi',
      'Тиббий-ижтимоий экспертиза хулосаси',
      'Заключение медико-социальной экспертизы',
      'Conclusion of the assessment',
    ),
    basis: 'Term P; fee P',
  }),
  defineService({
    code: 'HEA-03',
    name: text(
      'Nikohlanuvchilar tibbiy koʻrigi yoʻllanmasi',
      'Никоҳланувчилар тиббий кўриги йўлланмаси',
      'Направление на медосмотр вступающих в брак',
      'Premarital medical check referral',
    ),
    department: 'D05',
    synonyms: [
      'nikoh',
      'никоҳ',
      'toʻy',
      'тўй',
      'медосмотр перед свадьбой',
      'свадьба',
      'premarital',
      'wedding',
      'ЗАГС',
    ],
    deadlines: [workingDays(1, { from: '2021-06-01' })],
    fees: [free],
    checklist: [bothIdentities],
    form: [
      personField('partner', text('Ikkinchi tomon', 'Иккинчи томон', 'Вторая сторона', 'The other party'), {
        required: true,
      }),
      textField(
        'clinic',
        text('Qulay shifoxona', 'Қулай шифохона', 'Удобная поликлиника', 'Convenient clinic'),
        { required: true, maxLength: 300 },
      ),
      dateField(
        'plannedDate',
        text(
          'Koʻrik uchun qulay sana',
          'Кўрик учун қулай сана',
          'Удобная дата осмотра',
          'Convenient date of the check',
        ),
        { rule: 'lww', notBeforeToday: true },
      ),
    ],
    result: text(
      'Yoʻllanma, soʻng koʻrik xulosasi',
      'Йўлланма, сўнг кўрик хулосаси',
      'Направление, затем заключение',
      'Referral, later the conclusion',
    ),
    basis: 'Extraterritorial S26; term P; fee P',
  }),
  defineService({
    code: 'HEA-04',
    name: text(
      'Tibbiy maʼlumotnoma (QR-kodli)',
      'Тиббий маълумотнома (QR-кодли)',
      'Медицинская справка с QR-кодом',
      'Medical certificate with QR',
    ),
    department: 'D05',
    synonyms: [
      'maʼlumotnoma',
      'маълумотнома',
      '083',
      '086',
      'spravka',
      'справка от врача',
      'медсправка',
      'doctor certificate',
    ],
    deadlines: [workingDays(1)],
    fees: [free],
    checklist: [
      identityDocument,
      brings(
        'examination',
        text(
          'Tibbiy koʻrik natijasi',
          'Тиббий кўрик натижаси',
          'Результат медосмотра',
          'Result of the examination',
        ),
      ),
    ],
    form: [
      choice(
        'certificateKind',
        text('Maʼlumotnoma turi', 'Маълумотнома тури', 'Вид справки', 'Kind of certificate'),
        {
          driver: text('Haydovchi uchun', 'Ҳайдовчи учун', 'Для водителя', 'For a driver'),
          study: text('Oʻqish uchun', 'Ўқиш учун', 'Для учёбы', 'For study'),
          work: text('Ish uchun', 'Иш учун', 'Для работы', 'For work'),
          'seat-belt': text(
            'Xavfsizlik kamaridan ozod etish',
            'Хавфсизлик камаридан озод этиш',
            'Освобождение от ремня безопасности',
            'Exemption from the seat belt',
          ),
        },
        { required: true },
      ),
      purpose,
    ],
    result: text(
      'QR-kodli tibbiy maʼlumotnoma',
      'QR-кодли тиббий маълумотнома',
      'Медицинская справка с QR-кодом',
      'Medical certificate with a QR code',
    ),
    basis: 'Seat-belt exemption: free, 1 year, order of 13.01.2026 S83; term P',
  }),
];
