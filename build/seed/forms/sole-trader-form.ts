import { contactPhone, remarks } from '../common-fields.ts';
import {
  addressField,
  choice,
  dateField,
  type FieldInput,
  groupField,
  numberField,
  textField,
  yesNo,
} from '../fields.ts';
import { text } from '../text.ts';

/** BUS-01. */
export const soleTraderForm: FieldInput[] = [
  groupField(
    'activities',
    text('Faoliyat turlari', 'Фаолият турлари', 'Виды деятельности', 'Activities'),
    [
      textField('code', text('IFUT kodi', 'ИФУТ коди', 'Код ОКЭД', 'Activity code (IFUT)'), {
        required: true,
        maxLength: 10,
      }),
      textField(
        'activity',
        text('Faoliyat nomi', 'Фаолият номи', 'Наименование деятельности', 'Name of the activity'),
        { required: true, maxLength: 300 },
      ),
      yesNo('main', text('Asosiy faoliyat', 'Асосий фаолият', 'Основной вид деятельности', 'Main activity')),
    ],
    {
      minRows: 1,
      maxRows: 10,
      help: text(
        'Birinchi qator asosiy faoliyat',
        'Биринчи қатор асосий фаолият',
        'Первая строка: основной вид деятельности',
        'The first row is the main activity',
      ),
    },
  ),
  choice(
    'placeKind',
    text('Faoliyat joyi', 'Фаолият жойи', 'Место деятельности', 'Place of business'),
    {
      home: text('Yashash joyida', 'Яшаш жойида', 'По месту жительства', 'At home'),
      own: text('Oʻz binosi', 'Ўз биноси', 'Собственное помещение', 'Own premises'),
      rented: text(
        'Ijaraga olingan bino',
        'Ижарага олинган бино',
        'Арендованное помещение',
        'Rented premises',
      ),
      mobile: text('Doimiy joyi yoʻq', 'Доимий жойи йўқ', 'Без постоянного места', 'No fixed place'),
    },
    { required: true },
  ),
  addressField(
    'businessAddress',
    text('Faoliyat manzili', 'Фаолият манзили', 'Адрес деятельности', 'Business address'),
    {
      required: true,
      when: { key: 'placeKind', is: ['own', 'rented'] },
    },
  ),
  textField(
    'leaseNumber',
    text(
      'Ijara shartnomasi raqami',
      'Ижара шартномаси рақами',
      'Номер договора аренды',
      'Number of the lease',
    ),
    {
      maxLength: 60,
      when: { key: 'placeKind', is: ['rented'] },
    },
  ),
  dateField(
    'leaseUntil',
    text(
      'Ijara muddati tugaydigan sana',
      'Ижара муддати тугайдиган сана',
      'Дата окончания аренды',
      'End of the lease',
    ),
    {
      notBeforeToday: true,
      when: { key: 'placeKind', is: ['rented'] },
    },
  ),
  dateField(
    'startDate',
    text(
      'Faoliyat boshlanadigan sana',
      'Фаолият бошланадиган сана',
      'Дата начала деятельности',
      'Start of business',
    ),
    { required: true, notBeforeToday: true },
  ),
  choice(
    'taxRegime',
    text('Soliq tartibi', 'Солиқ тартиби', 'Режим налогообложения', 'Tax regime'),
    {
      turnover: text(
        'Aylanmadan olinadigan soliq',
        'Айланмадан олинадиган солиқ',
        'Налог с оборота',
        'Turnover tax',
      ),
      fixed: text(
        'Qatʼiy belgilangan miqdor',
        'Қатъий белгиланган миқдор',
        'Твёрдая сумма налога',
        'Fixed amount',
      ),
      general: text(
        'Umumiy tartib (QQS)',
        'Умумий тартиб (ҚҚС)',
        'Общий режим (НДС)',
        'General regime (VAT)',
      ),
    },
    { required: true },
  ),
  yesNo(
    'employs',
    text('Xodim yollaydi', 'Ходим ёллайди', 'Будут наёмные работники', 'Will employ workers'),
    { required: true },
  ),
  numberField(
    'employeeCount',
    text('Xodimlar soni', 'Ходимлар сони', 'Число работников', 'Number of workers'),
    {
      required: true,
      min: 1,
      max: 100,
      when: { key: 'employs', is: [true] },
    },
  ),
  yesNo(
    'licensed',
    text(
      'Litsenziya talab qiladigan faoliyat',
      'Лицензия талаб қиладиган фаолият',
      'Деятельность требует лицензии',
      'The activity needs a licence',
    ),
    { required: true },
  ),
  textField(
    'licenceNumber',
    text(
      'Litsenziya yoki ruxsatnoma raqami',
      'Лицензия ёки рухсатнома рақами',
      'Номер лицензии или разрешения',
      'Number of the licence or permit',
    ),
    {
      required: true,
      maxLength: 60,
      when: { key: 'licensed', is: [true] },
    },
  ),
  yesNo(
    'openAccount',
    text(
      'Bank hisobraqami ochilsin',
      'Банк ҳисобрақами очилсин',
      'Открыть банковский счёт',
      'Open a bank account',
    ),
    { required: true },
  ),
  textField('bankName', text('Bank nomi', 'Банк номи', 'Наименование банка', 'Name of the bank'), {
    required: true,
    maxLength: 200,
    when: { key: 'openAccount', is: [true] },
  }),
  choice(
    'signatureKey',
    text('ERI kaliti', 'ЭРИ калити', 'Ключ ЭЦП', 'E-signature key'),
    {
      has: text('Bor', 'Бор', 'Есть', 'Has one'),
      order: text(
        'Shu ariza bilan olinadi',
        'Шу ариза билан олинади',
        'Получить с этим заявлением',
        'Order with this application',
      ),
      none: text('Kerak emas', 'Керак эмас', 'Не нужен', 'Not needed'),
    },
    { required: true },
  ),
  yesNo(
    'noBan',
    text(
      'Tadbirkorlik qilish taqiqlanmaganligini tasdiqlaydi',
      'Тадбиркорлик қилиш тақиқланмаганлигини тасдиқлайди',
      'Подтверждает отсутствие запрета на предпринимательство',
      'Confirms that no ban on doing business is in force',
    ),
    { required: true },
  ),
  contactPhone,
  textField('email', text('Elektron pochta', 'Электрон почта', 'Электронная почта', 'E-mail'), {
    rule: 'lww',
    maxLength: 120,
  }),
  remarks,
];
