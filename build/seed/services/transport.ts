import type { Service } from '#model/service';
import { contactPhone, documentNumber } from '../common-fields.ts';
import { defineService } from '../define-service.ts';
import { choice, numberField, textField, tierField } from '../fields.ts';
import { brings, fetched, identityDocument } from '../papers.ts';
import { share, type Tier, tariff, workingDays } from '../terms.ts';
import { text } from '../text.ts';

const tintTiers: readonly Tier[] = [
  ['car', text('Yengil avtomobil', 'Енгил автомобиль', 'Легковой автомобиль', 'Passenger car'), 8],
  ['bus', text('Avtobus', 'Автобус', 'Автобус', 'Bus'), 40],
];

/** Sphere TRA. */
export const transport: readonly Service[] = [
  defineService({
    code: 'TRA-01',
    name: text(
      'Haydovchilik guvohnomasini almashtirish',
      'Ҳайдовчилик гувоҳномасини алмаштириш',
      'Замена водительского удостоверения',
      'Exchange of driving licence',
    ),
    department: 'D17',
    synonyms: [
      'prava',
      'права',
      'ҳайдовчилик',
      'haydovchilik',
      'водительские права',
      'ГАИ',
      'YHXX',
      'ЙҲХХ',
      'driving licence',
      'driver',
    ],
    deadlines: [workingDays(1)],
    fees: [share(0.5)],
    checklist: [
      identityDocument,
      brings(
        'old-licence',
        text(
          'Eski haydovchilik guvohnomasi',
          'Эски ҳайдовчилик гувоҳномаси',
          'Старое водительское удостоверение',
          'Old driving licence',
        ),
      ),
      fetched(
        'medical-certificate',
        text('Tibbiy maʼlumotnoma', 'Тиббий маълумотнома', 'Медицинская справка', 'Medical certificate'),
      ),
    ],
    form: [
      choice(
        'reason',
        text('Almashtirish sababi', 'Алмаштириш сабаби', 'Причина замены', 'Reason for the exchange'),
        {
          expired: text('Muddati tugagan', 'Муддати тугаган', 'Истёк срок', 'Expired'),
          changed: text('Maʼlumotlar oʻzgargan', 'Маълумотлар ўзгарган', 'Изменились данные', 'Data changed'),
          worn: text('Yaroqsiz holga kelgan', 'Яроқсиз ҳолга келган', 'Пришло в негодность', 'Worn out'),
          lost: text('Yoʻqolgan', 'Йўқолган', 'Утеря', 'Lost'),
        },
        { required: true },
      ),
      {
        ...documentNumber,
        label: text(
          'Eski guvohnoma raqami',
          'Эски гувоҳнома рақами',
          'Номер старого удостоверения',
          'Number of the old licence',
        ),
      },
      choice(
        'categories',
        text('Toifalari', 'Тоифалари', 'Категории', 'Categories'),
        {
          A: text('A', 'A', 'A', 'A'),
          B: text('B', 'B', 'B', 'B'),
          C: text('C', 'C', 'C', 'C'),
          D: text('D', 'D', 'D', 'D'),
          E: text('E', 'E', 'E', 'E'),
        },
        { required: true, many: true },
      ),
    ],
    result: text(
      'Haydovchilik guvohnomasi',
      'Ҳайдовчилик гувоҳномаси',
      'Водительское удостоверение',
      'Driving licence',
    ),
    basis: 'Term P; fee P',
  }),
  defineService({
    code: 'TRA-02',
    name: text(
      'Avtomobil oynasini qoraytirish ruxsati',
      'Автомобиль ойнасини қорайтириш рухсати',
      'Разрешение на тонировку',
      'Window-tint permit',
    ),
    department: 'D17',
    synonyms: [
      'tonirovka',
      'тонировка',
      'qora oyna',
      'қора ойна',
      'tint',
      'tinted windows',
      'тонировка рухсати',
    ],
    deadlines: [workingDays(1)],
    fees: [tariff(tintTiers)],
    checklist: [
      identityDocument,
      fetched(
        'vehicle-passport',
        text(
          'Transport vositasi pasporti',
          'Транспорт воситаси паспорти',
          'Паспорт транспортного средства',
          'Vehicle passport',
        ),
      ),
    ],
    form: [
      tierField(
        text(
          'Transport vositasi turi',
          'Транспорт воситаси тури',
          'Вид транспортного средства',
          'Kind of vehicle',
        ),
        tintTiers,
      ),
      textField('plate', text('Davlat raqami', 'Давлат рақами', 'Государственный номер', 'Number plate'), {
        required: true,
        maxLength: 20,
      }),
      numberField(
        'lightShare',
        text(
          'Oynaning yorugʻlik oʻtkazishi',
          'Ойнанинг ёруғлик ўтказиши',
          'Светопропускание стекла',
          'Light passing the glass',
        ),
        { min: 0, max: 100, unit: text('%', '%', '%', '%') },
      ),
      contactPhone,
    ],
    result: text(
      'QR-kodli ruxsatnoma',
      'QR-кодли рухсатнома',
      'Разрешение с QR-кодом',
      'Permit with a QR code',
    ),
    basis: 'Fee from the portal price (7.2 and 36) S34; term P',
  }),
];
