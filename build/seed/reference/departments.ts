import type { LocalText } from '#model/local-text';
import type { Department } from '#model/reference';
import { text } from '../text.ts';

/** D01–D14 are the departments of catalogue A; the codes after them are ours, for catalogue B. */
const names: Readonly<Record<string, LocalText>> = {
  D01: text(
    '“Inson” ijtimoiy xizmatlar markazi',
    '“Инсон” ижтимоий хизматлар маркази',
    'Центр социальных услуг «Инсон»',
    '“Inson” social services centre',
  ),
  D02: text('Pensiya jamgʻarmasi', 'Пенсия жамғармаси', 'Пенсионный фонд', 'Pension Fund'),
  D03: text(
    'Bandlikka koʻmaklashish boʻlimi',
    'Бандликка кўмаклашиш бўлими',
    'Отдел содействия занятости',
    'Employment department',
  ),
  D04: text(
    'Sanitariya-epidemiologiya xizmati',
    'Санитария-эпидемиология хизмати',
    'Санитарно-эпидемиологическая служба',
    'Sanitary and epidemiological service',
  ),
  D05: text(
    'Tuman tibbiyot birlashmasi',
    'Туман тиббиёт бирлашмаси',
    'Районное медицинское объединение',
    'District medical association',
  ),
  D06: text(
    'Tibbiy-ijtimoiy ekspertiza komissiyasi',
    'Тиббий-ижтимоий экспертиза комиссияси',
    'Комиссия медико-социальной экспертизы',
    'Medical and social expertise board',
  ),
  D07: text(
    'Maktabgacha va maktab taʼlimi boʻlimi',
    'Мактабгача ва мактаб таълими бўлими',
    'Отдел дошкольного и школьного образования',
    'Preschool and school education department',
  ),
  D08: text('Madaniyat boʻlimi', 'Маданият бўлими', 'Отдел культуры', 'Culture department'),
  D09: text(
    'Jismoniy tarbiya va sport boʻlimi',
    'Жисмоний тарбия ва спорт бўлими',
    'Отдел физической культуры и спорта',
    'Physical culture and sport department',
  ),
  D10: text(
    'Elektr tarmoqlari korxonasi',
    'Электр тармоқлари корхонаси',
    'Предприятие электрических сетей',
    'Electric networks',
  ),
  D11: text('Gaz taʼminoti korxonasi', 'Газ таъминоти корхонаси', 'Предприятие газоснабжения', 'Gas supply'),
  D12: text(
    'Suv taʼminoti korxonasi',
    'Сув таъминоти корхонаси',
    'Предприятие водоснабжения',
    'Water supply',
  ),
  D13: text(
    'Kadastr, yer va arxitektura boʻlimi',
    'Кадастр, ер ва архитектура бўлими',
    'Отдел кадастра, земли и архитектуры',
    'Cadastre, land and architecture department',
  ),
  D14: text(
    'Adliya boʻlimi: tadbirkorlik subyektlarini roʻyxatdan oʻtkazish',
    'Адлия бўлими: тадбиркорлик субъектларини рўйхатдан ўтказиш',
    'Отдел юстиции: регистрация субъектов предпринимательства',
    'Justice department: business registration',
  ),
  D15: text('FHDYo boʻlimi', 'ФҲДЁ бўлими', 'Отдел ЗАГС', 'Civil registry office'),
  D16: text(
    'Migratsiya va fuqarolikni rasmiylashtirish boʻlimi',
    'Миграция ва фуқароликни расмийлаштириш бўлими',
    'Отдел миграции и оформления гражданства',
    'Migration and citizenship department',
  ),
  D17: text(
    'Yoʻl harakati xavfsizligi xizmati',
    'Йўл ҳаракати хавфсизлиги хизмати',
    'Служба безопасности дорожного движения',
    'Road safety service',
  ),
  D18: text(
    'IIV axborot markazi',
    'ИИВ ахборот маркази',
    'Информационный центр МВД',
    'Information centre of the Ministry of Internal Affairs',
  ),
  D19: text('Adliya boshqarmasi', 'Адлия бошқармаси', 'Управление юстиции', 'Justice directorate'),
  D20: text('Notarial arxiv', 'Нотариал архив', 'Нотариальный архив', 'Notarial archive'),
  D21: text(
    '“Oʻzarxiv” davlat arxivi',
    '“Ўзархив” давлат архиви',
    'Государственный архив «Узархив»',
    'State archive “Oʻzarxiv”',
  ),
  D22: text('DXM huquqshunosi', 'ДХМ ҳуқуқшуноси', 'Юрист ЦГУ', 'Lawyer of the centre'),
  D23: text(
    'Vakolatli organ (murojaatlar)',
    'Ваколатли орган (мурожаатлар)',
    'Уполномоченный орган (обращения)',
    'Authorised body (petitions)',
  ),
  D24: text('Soliq qoʻmitasi', 'Солиқ қўмитаси', 'Налоговый комитет', 'Tax committee'),
  D25: text(
    'Iqtisodiyot va moliya vazirligi',
    'Иқтисодиёт ва молия вазирлиги',
    'Министерство экономики и финансов',
    'Ministry of Economy and Finance',
  ),
  D26: text(
    'Davlat xizmatlari markazi (DXM)',
    'Давлат хизматлари маркази (ДХМ)',
    'Центр государственных услуг (ЦГУ)',
    'Public service centre',
  ),
};

export const departments: readonly Department[] = Object.entries(names).map(([code, name]) => ({
  kind: 'department',
  id: `department:${code}`,
  code,
  name,
}));
