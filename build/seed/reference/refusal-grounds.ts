import type { LocalText } from '#model/local-text';
import type { RefusalGround } from '#model/reference';
import { text } from '../text.ts';

const names: Readonly<Record<string, LocalText>> = {
  R01: text(
    'Hujjatlar toʻliq emas',
    'Ҳужжатлар тўлиқ эмас',
    'Неполный комплект документов',
    'Incomplete documents',
  ),
  R02: text(
    'Maʼlumotlar notoʻgʻri yoki ziddiyatli',
    'Маълумотлар нотўғри ёки зиддиятли',
    'Недостоверные или противоречивые сведения',
    'False or contradictory data',
  ),
  R03: text(
    'Huquqi yoʻq yoki toifaga kirmaydi',
    'Ҳуқуқи йўқ ёки тоифага кирмайди',
    'Нет права или категория не подходит',
    'No right, or the category is not met',
  ),
  R04: text(
    'Qonunda belgilangan muddatdan tashqari murojaat',
    'Қонунда белгиланган муддатдан ташқари мурожаат',
    'Обращение вне установленного законом срока',
    'Application outside the statutory window',
  ),
  R05: text(
    'Masala organning vakolatiga kirmaydi',
    'Масала органнинг ваколатига кирмайди',
    'Вопрос вне компетенции органа',
    'The body is not competent',
  ),
  R06: text('Toʻlov qilinmagan', 'Тўлов қилинмаган', 'Не оплачено', 'Unpaid'),
  R07: text(
    'Vakilning vakolati tasdiqlanmagan',
    'Вакилнинг ваколати тасдиқланмаган',
    'Полномочия представителя не подтверждены',
    'Authority of the representative not proven',
  ),
  R08: text(
    'Biometrik maʼlumot berishdan yoki surat qoidalaridan bosh tortish',
    'Биометрик маълумот беришдан ёки сурат қоидаларидан бош тортиш',
    'Отказ от биометрии или правил фотографирования',
    'Refusal of biometrics or of the photograph rules',
  ),
  R09: text(
    'Obyekt taqiq yoki xatlovda',
    'Объект тақиқ ёки хатловда',
    'Объект под арестом или запретом',
    'The property is under arrest or ban',
  ),
  R10: text(
    'Shu masala boʻyicha koʻrib chiqilayotgan ariza bor',
    'Шу масала бўйича кўриб чиқилаётган ариза бор',
    'Такое заявление уже рассматривается',
    'Duplicate of a pending case',
  ),
  R11: text(
    'Boʻsh oʻrin yoʻq (navbatga qoʻyiladi)',
    'Бўш ўрин йўқ (навбатга қўйилади)',
    'Нет свободных мест (постановка в очередь)',
    'No free places (put in the queue)',
  ),
  R12: text(
    'Markazning texnik xatosi',
    'Марказнинг техник хатоси',
    'Техническая ошибка центра',
    'Technical error of the centre',
  ),
};

export const refusalGrounds: readonly RefusalGround[] = Object.entries(names).map(([code, name]) => ({
  kind: 'refusal-ground',
  id: `refusal-ground:${code}`,
  code,
  name,
  centreFault: code === 'R12',
}));
