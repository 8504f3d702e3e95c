import type { Service } from '#model/service';
import { contactPhone, purpose, stir } from '../common-fields.ts';
import { defineService } from '../define-service.ts';
import { choice, groupField, numberField, personField, pinflField } from '../fields.ts';
import { cadastreData, fetched, identityDocument, incomeData } from '../papers.ts';
import { free, minutes, share, workingDays } from '../terms.ts';
import { text } from '../text.ts';

/** Sphere FIN. */
export const taxAndMoney: readonly Service[] = [
  defineService({
    code: 'FIN-01',
    name: text(
      'Uy-joyi bor-yoʻqligi haqida maʼlumotnoma',
      'Уй-жойи бор-йўқлиги ҳақида маълумотнома',
      'Справка о наличии (отсутствии) жилья',
      'Certificate of owning / not owning a dwelling',
    ),
    department: 'D13',
    synonyms: [
      'uy-joy',
      'уй-жой',
      'uyi yoʻqligi',
      'уйи йўқлиги',
      'справка об отсутствии жилья',
      'no property',
      'dwelling',
    ],
    deadlines: [minutes(15, { from: '2020-09-02' })],
    fees: [share(0.02)],
    checklist: [identityDocument, cadastreData],
    form: [
      groupField(
        'persons',
        text('Oila aʼzolari', 'Оила аъзолари', 'Члены семьи', 'Family members'),
        [personField('person', text('Shaxs', 'Шахс', 'Лицо', 'Person'), { required: true })],
        { maxRows: 15 },
      ),
      purpose,
    ],
    result: text(
      'QR-kodli maʼlumotnoma',
      'QR-кодли маълумотнома',
      'Справка с QR-кодом',
      'Certificate with a QR code',
    ),
    basis: 'Resolution 535/2020 annex 5 S61; term P; fee P',
  }),
  defineService({
    code: 'FIN-02',
    name: text(
      'Soliq qarzi yoʻqligi haqida maʼlumotnoma',
      'Солиқ қарзи йўқлиги ҳақида маълумотнома',
      'Справка об отсутствии налоговой задолженности',
      'Tax-clearance certificate',
    ),
    department: 'D24',
    synonyms: [
      'soliq',
      'солиқ',
      'soliq qarzi',
      'налог',
      'справка из налоговой',
      'ГНИ',
      'tax',
      'tax debt',
      'tender',
    ],
    deadlines: [minutes(15)],
    fees: [free],
    checklist: [
      identityDocument,
      fetched('tax-data', text('Soliq maʼlumotlari', 'Солиқ маълумотлари', 'Налоговые данные', 'Tax data')),
    ],
    form: [
      choice(
        'payer',
        text('Soliq toʻlovchi', 'Солиқ тўловчи', 'Налогоплательщик', 'Taxpayer'),
        {
          person: text('Jismoniy shaxs', 'Жисмоний шахс', 'Физическое лицо', 'Natural person'),
          legal: text('Yuridik shaxs', 'Юридик шахс', 'Юридическое лицо', 'Legal entity'),
        },
        { required: true },
      ),
      pinflField('payerPinfl', text('JShShIR', 'ЖШШИР', 'ПИНФЛ', 'PINFL'), {
        required: true,
        when: { key: 'payer', is: ['person'] },
      }),
      { ...stir, required: true, when: { key: 'payer', is: ['legal'] } },
      purpose,
    ],
    result: text(
      'QR-kodli maʼlumotnoma',
      'QR-кодли маълумотнома',
      'Справка с QR-кодом',
      'Certificate with a QR code',
    ),
    basis: 'Term P; fee P',
  }),
  defineService({
    code: 'FIN-03',
    name: text(
      'Uy-joy subsidiyasi arizasi',
      'Уй-жой субсидияси аризаси',
      'Заявление на жилищную субсидию',
      'Housing-subsidy application',
    ),
    department: 'D25',
    synonyms: [
      'subsidiya',
      'субсидия',
      'ipoteka',
      'ипотека',
      'uy olish',
      'уй олиш',
      'жилищная субсидия',
      'mortgage',
      'housing subsidy',
    ],
    deadlines: [workingDays(10)],
    fees: [free],
    checklist: [
      identityDocument,
      incomeData,
      fetched(
        'no-dwelling',
        text(
          'Uy-joyi yoʻqligi toʻgʻrisidagi maʼlumot',
          'Уй-жойи йўқлиги тўғрисидаги маълумот',
          'Сведения об отсутствии жилья',
          'Data that no dwelling is owned',
        ),
      ),
    ],
    form: [
      numberField(
        'familySize',
        text('Oila aʼzolari soni', 'Оила аъзолари сони', 'Число членов семьи', 'Number of family members'),
        { required: true, min: 1, max: 30 },
      ),
      numberField(
        'monthlyIncome',
        text(
          'Oilaning oylik daromadi',
          'Оиланинг ойлик даромади',
          'Месячный доход семьи',
          'Monthly income of the family',
        ),
        { required: true, min: 0, unit: text('soʻm', 'сўм', 'сум', 'soʻm') },
      ),
      choice(
        'subsidyKind',
        text('Subsidiya turi', 'Субсидия тури', 'Вид субсидии', 'Kind of subsidy'),
        {
          'down-payment': text(
            'Boshlangʻich toʻlov',
            'Бошланғич тўлов',
            'Первоначальный взнос',
            'Down payment',
          ),
          interest: text('Foiz toʻlovi', 'Фоиз тўлови', 'Проценты по кредиту', 'Interest'),
          both: text('Ikkalasi', 'Иккаласи', 'Оба вида', 'Both'),
        },
        { required: true },
      ),
      contactPhone,
    ],
    result: text(
      'Subsidiya toʻgʻrisida xabarnoma',
      'Субсидия тўғрисида хабарнома',
      'Уведомление о субсидии',
      'Notice on the subsidy',
    ),
    basis: 'No dwelling owned S101; term P; fee P',
  }),
];
