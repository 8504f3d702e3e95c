import type { LocalText } from '#model/local-text';
import type { Sphere } from '#model/reference';
import { text } from '../text.ts';

const names: Readonly<Record<string, LocalText>> = {
  SOC: text('Ijtimoiy himoya', 'Ижтимоий ҳимоя', 'Социальная защита', 'Social protection'),
  PUB: text('Jamoat salomatligi', 'Жамоат саломатлиги', 'Общественное здоровье', 'Public health'),
  EDU: text('Xalq taʼlimi', 'Халқ таълими', 'Народное образование', 'Public education'),
  CUL: text('Madaniyat va sport', 'Маданият ва спорт', 'Культура и спорт', 'Culture and sports'),
  HOU: text('Uy-joy va kommunal', 'Уй-жой ва коммунал', 'ЖКХ', 'Housing and utilities'),
  HEA: text('Sogʻliqni saqlash', 'Соғлиқни сақлаш', 'Здравоохранение', 'Healthcare'),
  LAN: text('Yer va mulk', 'Ер ва мулк', 'Земля и имущество', 'Land and property'),
  BUS: text(
    'Tadbirkorlik subyektlari',
    'Тадбиркорлик субъектлари',
    'Субъекты предпринимательства',
    'Business registration',
  ),
  FHD: text(
    'Fuqarolik holati dalolatnomalari (FHDYo)',
    'Фуқаролик ҳолати далолатномалари (ФҲДЁ)',
    'Акты гражданского состояния (ЗАГС)',
    'Civil registry',
  ),
  IDM: text(
    'Shaxsiy hujjatlar va migratsiya',
    'Шахсий ҳужжатлар ва миграция',
    'Личные документы и миграция',
    'Identity and migration',
  ),
  TRA: text('Transport', 'Транспорт', 'Транспорт', 'Transport'),
  JUS: text('Adliya va arxiv', 'Адлия ва архив', 'Юстиция и архив', 'Justice and archives'),
  FIN: text('Soliq va moliya', 'Солиқ ва молия', 'Налоги и финансы', 'Tax and money'),
  MOB: text('Sayyor xizmatlar', 'Сайёр хизматлар', 'Мобильные услуги', 'Mobile services'),
};

/** First-level filter of the catalogue: the eight of catalogue A first, then those of catalogue B. */
export const spheres: readonly Sphere[] = Object.entries(names).map(([code, name], index) => ({
  kind: 'sphere',
  id: `sphere:${code}`,
  code,
  order: index + 1,
  name,
}));
