import {
  choice,
  dateField,
  type FieldInput,
  groupField,
  numberField,
  phoneField,
  textField,
  yesNo,
} from '../fields.ts';
import { text } from '../text.ts';

/** JUS-05: the first half is asked at the counter, the second is written by the lawyer. */
export const legalConsultationForm: FieldInput[] = [
  choice(
    'topic',
    text('Mavzu', 'Мавзу', 'Тема', 'Topic'),
    {
      family: text('Oila va aliment', 'Оила ва алимент', 'Семья и алименты', 'Family and alimony'),
      land: text('Yer va uy-joy', 'Ер ва уй-жой', 'Земля и жильё', 'Land and housing'),
      labour: text('Mehnat', 'Меҳнат', 'Труд', 'Labour'),
      pension: text('Pensiya va nafaqa', 'Пенсия ва нафақа', 'Пенсии и пособия', 'Pensions and benefits'),
      inheritance: text('Meros', 'Мерос', 'Наследство', 'Inheritance'),
      debt: text('Qarz va shartnoma', 'Қарз ва шартнома', 'Долги и договоры', 'Debts and contracts'),
      business: text('Tadbirkorlik', 'Тадбиркорлик', 'Предпринимательство', 'Business'),
      officials: text(
        'Mansabdor shaxs qaroridan shikoyat',
        'Мансабдор шахс қароридан шикоят',
        'Жалоба на решение должностного лица',
        'Complaint about the decision of an official',
      ),
      other: text('Boshqa', 'Бошқа', 'Другое', 'Other'),
    },
    { required: true, many: true },
  ),
  textField('topicOther', text('Boshqa mavzu', 'Бошқа мавзу', 'Другая тема', 'Other topic'), {
    required: true,
    maxLength: 200,
    when: { key: 'topic', is: ['other'] },
  }),
  textField('question', text('Savol', 'Савол', 'Вопрос', 'Question'), {
    required: true,
    lines: 6,
    maxLength: 4000,
  }),
  textField('otherParty', text('Ikkinchi tomon', 'Иккинчи томон', 'Вторая сторона', 'The other party'), {
    maxLength: 300,
  }),
  yesNo(
    'termRunning',
    text(
      'Shikoyat yoki daʼvo muddati oʻtayotgan',
      'Шикоят ёки даъво муддати ўтаётган',
      'Идёт срок обжалования или исковой давности',
      'A term for appeal or claim is running',
    ),
  ),
  dateField(
    'termEnds',
    text('Muddat tugaydigan sana', 'Муддат тугайдиган сана', 'Дата окончания срока', 'End of the term'),
    {
      required: true,
      when: { key: 'termRunning', is: [true] },
    },
  ),
  groupField(
    'earlierAppeals',
    text('Oldingi murojaatlar', 'Олдинги мурожаатлар', 'Предыдущие обращения', 'Earlier appeals'),
    [
      textField('body', text('Qaysi organga', 'Қайси органга', 'В какой орган', 'To which body'), {
        required: true,
        maxLength: 300,
      }),
      dateField('date', text('Sana', 'Сана', 'Дата', 'Date'), { notAfterToday: true }),
      textField(
        'answer',
        text('Javob mazmuni', 'Жавоб мазмуни', 'Содержание ответа', 'Substance of the answer'),
        { lines: 3, maxLength: 1000 },
      ),
    ],
  ),
  choice(
    'form',
    text('Maslahat shakli', 'Маслаҳат шакли', 'Форма консультации', 'Form of the consultation'),
    {
      'in-person': text('Yuzma-yuz', 'Юзма-юз', 'Лично', 'In person'),
      phone: text('Telefon orqali', 'Телефон орқали', 'По телефону', 'By phone'),
      video: text('Videoaloqa', 'Видеоалоқа', 'Видеосвязь', 'By video'),
    },
    { required: true },
  ),
  phoneField(
    'callBack',
    text(
      'Qoʻngʻiroq qilinadigan telefon',
      'Қўнғироқ қилинадиган телефон',
      'Телефон для связи',
      'Phone to call back',
    ),
    {
      required: true,
      when: { key: 'form', is: ['phone', 'video'] },
    },
  ),
  yesNo('confidential', text('Maxfiy', 'Махфий', 'Конфиденциально', 'Confidential'), {
    help: text(
      'Yozuvni faqat huquqshunos va rahbar koʻradi',
      'Ёзувни фақат ҳуқуқшунос ва раҳбар кўради',
      'Запись видят только юрист и руководитель',
      'Only the lawyer and the supervisor see the note',
    ),
  }),
  textField(
    'documentsSeen',
    text(
      'Koʻrib chiqilgan hujjatlar',
      'Кўриб чиқилган ҳужжатлар',
      'Рассмотренные документы',
      'Documents seen',
    ),
    { lines: 3, maxLength: 1000 },
  ),
  textField('advice', text('Berilgan maslahat', 'Берилган маслаҳат', 'Данная консультация', 'Advice given'), {
    lines: 8,
    maxLength: 8000,
  }),
  textField(
    'legalNorms',
    text(
      'Asos boʻlgan huquqiy normalar',
      'Асос бўлган ҳуқуқий нормалар',
      'Применённые нормы права',
      'Legal provisions relied on',
    ),
    { lines: 3, maxLength: 1000 },
  ),
  choice('referral', text('Yoʻnaltirildi', 'Йўналтирилди', 'Направление', 'Referred to'), {
    none: text('Yoʻnaltirilmadi', 'Йўналтирилмади', 'Без направления', 'Nobody'),
    advocate: text(
      'Davlat hisobidan advokat',
      'Давлат ҳисобидан адвокат',
      'Адвокат за счёт государства',
      'Advocate paid by the state',
    ),
    court: text('Sud', 'Суд', 'Суд', 'Court'),
    notary: text('Notarius', 'Нотариус', 'Нотариус', 'Notary'),
    body: text('Vakolatli organ', 'Ваколатли орган', 'Уполномоченный орган', 'Authorised body'),
  }),
  textField('referralBody', text('Organ nomi', 'Орган номи', 'Наименование органа', 'Name of the body'), {
    required: true,
    maxLength: 300,
    when: { key: 'referral', is: ['court', 'notary', 'body'] },
  }),
  numberField('durationMinutes', text('Davomiyligi', 'Давомийлиги', 'Продолжительность', 'Duration'), {
    min: 1,
    max: 480,
    unit: text('daqiqa', 'дақиқа', 'минут', 'minutes'),
  }),
];
