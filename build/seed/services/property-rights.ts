import type { Service } from '#model/service';
import { cadastreNumber, documentDate, documentNumber, objectAddress, purpose } from '../common-fields.ts';
import { defineService } from '../define-service.ts';
import { choice, tierField } from '../fields.ts';
import { cadastralPassportForm, cadastralPassportTiers } from '../forms/cadastral-passport-form.ts';
import {
  brings,
  cadastreData,
  fetched,
  identityDocument,
  ownershipData,
  powerOfAttorney,
} from '../papers.ts';
import { minutes, share, type Tier, tariff, workingDays } from '../terms.ts';
import { text } from '../text.ts';

const rightTiers: readonly Tier[] = [
  [
    'home-100',
    text('Uy-joy, 100 m² gacha', 'Уй-жой, 100 м² гача', 'Жильё до 100 м²', 'Dwelling up to 100 m²'),
    1.25,
  ],
  [
    'home-300',
    text('Uy-joy, 101–300 m²', 'Уй-жой, 101–300 м²', 'Жильё 101–300 м²', 'Dwelling of 101–300 m²'),
    2,
  ],
  [
    'home-over-300',
    text(
      'Uy-joy, 300 m² dan ortiq',
      'Уй-жой, 300 м² дан ортиқ',
      'Жильё свыше 300 м²',
      'Dwelling over 300 m²',
    ),
    3,
  ],
  [
    'legal',
    text(
      'Yuridik shaxs obyekti',
      'Юридик шахс объекти',
      'Объект юридического лица',
      'Property of a legal entity',
    ),
    5,
  ],
];

/** Sphere LAN: buildings and the register. */
export const propertyRights: readonly Service[] = [
  defineService({
    code: 'LAN-01',
    name: text('Kadastr pasporti', 'Кадастр паспорти', 'Кадастровый паспорт', 'Cadastral passport'),
    department: 'D13',
    synonyms: [
      'kadastr',
      'кадастр',
      'uy hujjati',
      'уй ҳужжати',
      'БТИ',
      'техпаспорт',
      'cadastre',
      'house papers',
    ],
    deadlines: [workingDays(5)],
    fees: [tariff(cadastralPassportTiers)],
    checklist: [identityDocument, ownershipData, cadastreData, powerOfAttorney],
    form: cadastralPassportForm,
    result: text('Kadastr pasporti', 'Кадастр паспорти', 'Кадастровый паспорт', 'Cadastral passport'),
    basis: 'Term P; free cases S84; 1.25–2.5 S85',
  }),
  defineService({
    code: 'LAN-02',
    name: text(
      'Koʻchmas mulkka huquqni roʻyxatdan oʻtkazish',
      'Кўчмас мулкка ҳуқуқни рўйхатдан ўтказиш',
      'Регистрация прав на недвижимость',
      'Registration of real-estate rights',
    ),
    department: 'D13',
    synonyms: [
      'mulk huquqi',
      'мулк ҳуқуқи',
      'uy olish',
      'уй сотиб олиш',
      'регистрация дома',
      'право собственности',
      'property rights',
      'house purchase',
    ],
    deadlines: [workingDays(1)],
    fees: [tariff(rightTiers)],
    checklist: [
      identityDocument,
      brings(
        'title-document',
        text(
          'Huquq belgilovchi hujjat',
          'Ҳуқуқ белгиловчи ҳужжат',
          'Правоустанавливающий документ',
          'Title document',
        ),
      ),
      fetched(
        'notary-data',
        text('Notarius maʼlumotlari', 'Нотариус маълумотлари', 'Данные нотариуса', 'Notary data'),
      ),
    ],
    form: [
      cadastreNumber,
      objectAddress,
      tierField(
        text(
          'Obyekt turi va maydoni',
          'Объект тури ва майдони',
          'Вид и площадь объекта',
          'Kind and size of the property',
        ),
        rightTiers,
      ),
      choice(
        'ground',
        text('Huquq asosi', 'Ҳуқуқ асоси', 'Основание права', 'Ground of the right'),
        {
          purchase: text('Oldi-sotdi', 'Олди-сотди', 'Купля-продажа', 'Purchase'),
          gift: text('Hadya', 'Ҳадя', 'Дарение', 'Gift'),
          inheritance: text('Meros', 'Мерос', 'Наследство', 'Inheritance'),
          construction: text('Yangi qurilish', 'Янги қурилиш', 'Новое строительство', 'New construction'),
          court: text('Sud qarori', 'Суд қарори', 'Решение суда', 'Court decision'),
        },
        { required: true },
      ),
      documentNumber,
      documentDate,
    ],
    result: text('Reyestrdan koʻchirma', 'Реестрдан кўчирма', 'Выписка из реестра', 'Register extract'),
    basis: 'Term P; tariff S85',
  }),
  defineService({
    code: 'LAN-03',
    name: text(
      'Davlat reyestridan koʻchirma',
      'Давлат реестридан кўчирма',
      'Выписка из государственного реестра',
      'Extract from the property register',
    ),
    department: 'D13',
    synonyms: ['koʻchirma', 'кўчирма', 'reyestr', 'выписка', 'ЕГРП', 'extract', 'kadastr koʻchirma'],
    deadlines: [minutes(15)],
    fees: [share(0.05)],
    checklist: [identityDocument, cadastreData],
    form: [cadastreNumber, purpose],
    result: text('QR-kodli koʻchirma', 'QR-кодли кўчирма', 'Выписка с QR-кодом', 'Extract with a QR code'),
    basis: 'Term P; fee P',
  }),
];
