import { payoutMethod, remarks } from '../common-fields.ts';
import {
  addressField,
  choice,
  dateField,
  type FieldInput,
  groupField,
  personField,
  phoneField,
  textField,
  yesNo,
} from '../fields.ts';
import { text } from '../text.ts';

/** SOC-03. */
export const birthAllowanceForm: FieldInput[] = [
  choice(
    'applicantRole',
    text(
      'Arizachi bolaga kim boʻladi',
      'Аризачи болага ким бўлади',
      'Кем заявитель приходится ребёнку',
      'Relation of the applicant to the child',
    ),
    {
      mother: text('Ona', 'Она', 'Мать', 'Mother'),
      father: text('Ota', 'Ота', 'Отец', 'Father'),
      guardian: text('Vasiy', 'Васий', 'Опекун', 'Guardian'),
      adopter: text('Farzandlikka olgan shaxs', 'Фарзандликка олган шахс', 'Усыновитель', 'Adoptive parent'),
    },
    { required: true },
  ),
  textField(
    'guardianshipDecision',
    text(
      'Vasiylik yoki farzandlikka olish qarori raqami va sanasi',
      'Васийлик ёки фарзандликка олиш қарори рақами ва санаси',
      'Номер и дата решения об опеке или усыновлении',
      'Number and date of the guardianship or adoption decision',
    ),
    {
      required: true,
      maxLength: 200,
      when: { key: 'applicantRole', is: ['guardian', 'adopter'] },
    },
  ),
  groupField(
    'children',
    text('Tugʻilgan bolalar', 'Туғилган болалар', 'Родившиеся дети', 'Children born'),
    [
      personField('child', text('Bola', 'Бола', 'Ребёнок', 'Child'), { required: true }),
      textField(
        'birthRecordNumber',
        text(
          'Tugʻilganlik dalolatnoma yozuvi raqami',
          'Туғилганлик далолатнома ёзуви рақами',
          'Номер актовой записи о рождении',
          'Number of the birth record',
        ),
        { maxLength: 40 },
      ),
      dateField(
        'birthRecordDate',
        text(
          'Dalolatnoma yozuvi sanasi',
          'Далолатнома ёзуви санаси',
          'Дата актовой записи',
          'Date of the birth record',
        ),
        { notAfterToday: true },
      ),
    ],
    {
      minRows: 1,
      maxRows: 6,
      help: text(
        'Egizaklarda har bir bola alohida qatorda',
        'Эгизакларда ҳар бир бола алоҳида қаторда',
        'При рождении двойни каждый ребёнок в отдельной строке',
        'For twins each child has a row',
      ),
    },
  ),
  yesNo(
    'hasOtherParent',
    text(
      'Ikkinchi ota-ona maʼlum',
      'Иккинчи ота-она маълум',
      'Второй родитель известен',
      'The other parent is known',
    ),
    { required: true },
  ),
  personField(
    'otherParent',
    text('Ikkinchi ota-ona', 'Иккинчи ота-она', 'Второй родитель', 'The other parent'),
    {
      required: true,
      when: { key: 'hasOtherParent', is: [true] },
    },
  ),
  choice(
    'workplaceKind',
    text(
      'Arizachining bandligi',
      'Аризачининг бандлиги',
      'Занятость заявителя',
      'Occupation of the applicant',
    ),
    {
      employed: text('Ishlaydi', 'Ишлайди', 'Работает', 'Employed'),
      student: text('Oʻqiydi', 'Ўқийди', 'Учится', 'Student'),
      entrepreneur: text('Tadbirkor', 'Тадбиркор', 'Предприниматель', 'Entrepreneur'),
      unemployed: text('Ishlamaydi', 'Ишламайди', 'Не работает', 'Not working'),
    },
    { required: true },
  ),
  textField(
    'workplaceName',
    text('Ish yoki oʻqish joyi', 'Иш ёки ўқиш жойи', 'Место работы или учёбы', 'Place of work or study'),
    {
      required: true,
      maxLength: 300,
      when: { key: 'workplaceKind', is: ['employed', 'student'] },
    },
  ),
  yesNo(
    'paidBefore',
    text(
      'Shu bola uchun nafaqa ilgari olingan',
      'Шу бола учун нафақа илгари олинган',
      'Пособие на этого ребёнка уже получено',
      'The allowance has already been paid for this child',
    ),
    { required: true },
  ),
  addressField(
    'actualResidence',
    text(
      'Haqiqiy yashash manzili (roʻyxatdagidan farq qilsa)',
      'Ҳақиқий яшаш манзили (рўйхатдагидан фарқ қилса)',
      'Адрес фактического проживания (если отличается от регистрации)',
      'Actual residence (if it differs from the registered one)',
    ),
    { rule: 'lww' },
  ),
  payoutMethod,
  textField(
    'cardNumber',
    text('Bank kartasi raqami', 'Банк картаси рақами', 'Номер банковской карты', 'Bank card number'),
    {
      required: true,
      maxLength: 19,
      when: { key: 'payoutMethod', is: ['card'] },
    },
  ),
  textField(
    'payoutBranch',
    text(
      'Bank yoki pochta boʻlimi',
      'Банк ёки почта бўлими',
      'Отделение банка или почты',
      'Bank branch or post office',
    ),
    {
      required: true,
      maxLength: 200,
      when: { key: 'payoutMethod', is: ['bank', 'post'] },
    },
  ),
  phoneField(
    'noticePhone',
    text(
      'Xabarnoma yuboriladigan telefon',
      'Хабарнома юбориладиган телефон',
      'Телефон для уведомления',
      'Phone for the notice',
    ),
  ),
  remarks,
];
