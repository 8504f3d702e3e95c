import type { Service } from '#model/service';
import { contactPhone, documentDate, documentNumber, purpose, remarks } from '../common-fields.ts';
import { defineService } from '../define-service.ts';
import { choice, numberField, textField, yesNo } from '../fields.ts';
import { legalConsultationForm } from '../forms/legal-consultation-form.ts';
import { brings, identityDocument, mayBring, powerOfAttorney } from '../papers.ts';
import { calendarDays, free, minutes, share, workingDays } from '../terms.ts';
import { text } from '../text.ts';

/** Sphere JUS. */
export const justiceAndArchives: readonly Service[] = [
  defineService({
    code: 'JUS-01',
    name: text(
      'Sudlanganlik toʻgʻrisida maʼlumotnoma',
      'Судланганлик тўғрисида маълумотнома',
      'Справка о судимости',
      'Criminal-record certificate',
    ),
    department: 'D18',
    synonyms: [
      'sudimost',
      'судимость',
      'sudlanmaganlik',
      'судланмаганлик',
      'справка о несудимости',
      'criminal record',
      'police certificate',
    ],
    deadlines: [workingDays(3, { from: '2018-10-04' })],
    fees: [share(0.1)],
    checklist: [identityDocument, powerOfAttorney],
    form: [
      textField(
        'formerNames',
        text(
          'Oldingi ism-familiyalari',
          'Олдинги исм-фамилиялари',
          'Прежние имена и фамилии',
          'Former names',
        ),
        { maxLength: 300 },
      ),
      purpose,
      choice(
        'certificateLanguage',
        text('Maʼlumotnoma tili', 'Маълумотнома тили', 'Язык справки', 'Language of the certificate'),
        {
          uz: text('Oʻzbek tili', 'Ўзбек тили', 'Узбекский', 'Uzbek'),
          ru: text('Rus tili', 'Рус тили', 'Русский', 'Russian'),
          en: text('Ingliz tili', 'Инглиз тили', 'Английский', 'English'),
        },
      ),
    ],
    result: text(
      'QR-kodli maʼlumotnoma',
      'QR-кодли маълумотнома',
      'Справка с QR-кодом',
      'Certificate with a QR code',
    ),
    basis: 'Regulation 797/2018 S59; term P; fee P',
  }),
  defineService({
    code: 'JUS-02',
    name: text('Apostil qoʻyish', 'Апостиль қўйиш', 'Проставление апостиля', 'Apostille'),
    department: 'D19',
    synonyms: [
      'apostil',
      'апостиль',
      'legalizatsiya',
      'легализация',
      'chet elda oʻqish',
      'учёба за границей',
      'apostille',
      'legalisation',
    ],
    deadlines: [workingDays(2, { from: '2019-02-15' })],
    fees: [share(0.3)],
    checklist: [
      brings(
        'document',
        text(
          'Apostil qoʻyiladigan hujjat',
          'Апостиль қўйиладиган ҳужжат',
          'Документ для апостиля',
          'Document for the apostille',
        ),
      ),
      identityDocument,
    ],
    form: [
      textField('documentKind', text('Hujjat turi', 'Ҳужжат тури', 'Вид документа', 'Kind of document'), {
        required: true,
        maxLength: 200,
      }),
      documentNumber,
      documentDate,
      textField(
        'country',
        text('Qaysi davlat uchun', 'Қайси давлат учун', 'Для какой страны', 'For which country'),
        { required: true, maxLength: 100 },
      ),
      numberField(
        'count',
        text('Hujjatlar soni', 'Ҳужжатлар сони', 'Число документов', 'Number of documents'),
        { required: true, min: 1, max: 50 },
      ),
    ],
    result: text('Apostil', 'Апостиль', 'Апостиль', 'Apostille'),
    basis: 'Regulation 134/2019 S33; term P; fee P',
  }),
  defineService({
    code: 'JUS-03',
    name: text(
      'Notarial arxiv hujjati',
      'Нотариал архив ҳужжати',
      'Документ нотариального архива',
      'Notarial archive copy',
    ),
    department: 'D20',
    synonyms: [
      'notarius',
      'нотариус',
      'shartnoma nusxasi',
      'шартнома нусхаси',
      'копия договора',
      'нотариальный архив',
      'notary',
      'deed copy',
    ],
    deadlines: [workingDays(3, { from: '2019-02-15' })],
    fees: [share(0.1)],
    checklist: [identityDocument, powerOfAttorney],
    form: [
      textField(
        'deedKind',
        text('Notarial harakat turi', 'Нотариал ҳаракат тури', 'Вид нотариального действия', 'Kind of deed'),
        { required: true, maxLength: 200 },
      ),
      {
        ...documentNumber,
        label: text('Reyestr raqami', 'Реестр рақами', 'Номер по реестру', 'Register number'),
      },
      { ...documentDate, required: true },
      textField(
        'notaryOffice',
        text('Notarial idora', 'Нотариал идора', 'Нотариальная контора', 'Notary office'),
        { required: true, maxLength: 300 },
      ),
      remarks,
    ],
    result: text('Hujjat nusxasi', 'Ҳужжат нусхаси', 'Копия документа', 'Copy of the deed'),
    basis: 'Data of the deed S33; term P; fee P',
  }),
  defineService({
    code: 'JUS-04',
    name: text(
      'Davlat arxivi maʼlumotnomasi',
      'Давлат архиви маълумотномаси',
      'Справка госархива',
      'State-archive certificate',
    ),
    department: 'D21',
    synonyms: [
      'arxiv',
      'архив',
      'ish staji',
      'иш стажи',
      'стаж',
      'архивная справка',
      'oylik',
      'archive',
      'work history',
      'колхоз',
    ],
    deadlines: [calendarDays(5, { from: '2019-09-20' })],
    fees: [share(0.1)],
    checklist: [brings('request', text('Soʻrov', 'Сўров', 'Запрос', 'Request')), identityDocument],
    form: [
      choice(
        'subject',
        text('Nima toʻgʻrisida', 'Нима тўғрисида', 'О чём', 'About'),
        {
          service: text('Ish staji', 'Иш стажи', 'Трудовой стаж', 'Length of service'),
          pay: text('Ish haqi', 'Иш ҳақи', 'Заработная плата', 'Pay'),
          study: text('Oʻqish', 'Ўқиш', 'Учёба', 'Study'),
          property: text('Yer va mulk', 'Ер ва мулк', 'Земля и имущество', 'Land and property'),
          other: text('Boshqa', 'Бошқа', 'Другое', 'Other'),
        },
        { required: true },
      ),
      textField(
        'organisation',
        text('Tashkilot va joyi', 'Ташкилот ва жойи', 'Организация и её место', 'Organisation and its place'),
        { required: true, maxLength: 300 },
      ),
      textField('years', text('Yillar', 'Йиллар', 'Годы', 'Years'), { required: true, maxLength: 100 }),
      textField(
        'formerNames',
        text(
          'Oʻsha paytdagi ism-familiya',
          'Ўша пайтдаги исм-фамилия',
          'Имя и фамилия в то время',
          'Name at that time',
        ),
        { maxLength: 200 },
      ),
    ],
    result: text('Arxiv maʼlumotnomasi', 'Архив маълумотномаси', 'Архивная справка', 'Archive certificate'),
    basis: '5 calendar days, 15–20 if study is needed S100; fee P',
  }),
  defineService({
    code: 'JUS-05',
    name: text('Huquqiy maslahat', 'Ҳуқуқий маслаҳат', 'Юридическая консультация', 'Legal consultation'),
    kind: 'consultation',
    department: 'D22',
    synonyms: [
      'yurist',
      'юрист',
      'advokat',
      'адвокат',
      'maslahat',
      'маслаҳат',
      'консультация',
      'lawyer',
      'legal advice',
      'alimentlar',
    ],
    deadlines: [minutes(30)],
    fees: [free],
    checklist: [
      mayBring(
        'related-documents',
        text(
          'Masalaga oid hujjatlar',
          'Масалага оид ҳужжатлар',
          'Документы по вопросу',
          'Documents on the matter',
        ),
      ),
    ],
    form: legalConsultationForm,
    result: text(
      'Yozma maslahat varaqasi',
      'Ёзма маслаҳат варақаси',
      'Письменная консультация',
      'Written note',
    ),
    basis: '15–30 min P; fee P',
  }),
  defineService({
    code: 'JUS-06',
    name: text(
      'Jismoniy va yuridik shaxslar murojaati',
      'Жисмоний ва юридик шахслар мурожаати',
      'Обращение',
      'Petition / complaint',
    ),
    department: 'D23',
    synonyms: [
      'shikoyat',
      'шикоят',
      'ariza',
      'murojaat',
      'мурожаат',
      'жалоба',
      'обращение граждан',
      'complaint',
      'petition',
    ],
    deadlines: [calendarDays(15)],
    fees: [free],
    checklist: [
      identityDocument,
      mayBring(
        'related-documents',
        text(
          'Masalaga oid hujjatlar',
          'Масалага оид ҳужжатлар',
          'Документы по вопросу',
          'Documents on the matter',
        ),
      ),
    ],
    form: [
      choice(
        'petitionKind',
        text('Murojaat turi', 'Мурожаат тури', 'Вид обращения', 'Kind of petition'),
        {
          application: text('Ariza', 'Ариза', 'Заявление', 'Application'),
          proposal: text('Taklif', 'Таклиф', 'Предложение', 'Proposal'),
          complaint: text('Shikoyat', 'Шикоят', 'Жалоба', 'Complaint'),
        },
        { required: true },
      ),
      textField('addressee', text('Qaysi organga', 'Қайси органга', 'В какой орган', 'To which body'), {
        required: true,
        maxLength: 300,
      }),
      textField('substance', text('Mazmuni', 'Мазмуни', 'Суть', 'Substance'), {
        required: true,
        lines: 8,
        maxLength: 10_000,
      }),
      yesNo(
        'repeated',
        text('Takroriy murojaat', 'Такрорий мурожаат', 'Повторное обращение', 'Repeated petition'),
      ),
      contactPhone,
    ],
    result: text('Yozma javob', 'Ёзма жавоб', 'Письменный ответ', 'Written answer'),
    basis: '15 calendar days, up to a month; fee S37',
  }),
];
