import type { Service } from '#model/service';
import { businessRegistration } from './business-registration.ts';
import { civilRecords } from './civil-records.ts';
import { cultureAndSports } from './culture-and-sports.ts';
import { education } from './education.ts';
import { familySupport } from './family-support.ts';
import { healthcare } from './healthcare.ts';
import { housingAndUtilities } from './housing-and-utilities.ts';
import { identityAndMigration } from './identity-and-migration.ts';
import { justiceAndArchives } from './justice-and-archives.ts';
import { landPlots } from './land-plots.ts';
import { lifeEvents } from './life-events.ts';
import { mobileServices } from './mobile-services.ts';
import { pensionsAndEmployment } from './pensions-and-employment.ts';
import { propertyRights } from './property-rights.ts';
import { publicHealth } from './public-health.ts';
import { taxAndMoney } from './tax-and-money.ts';
import { transport } from './transport.ts';

/** The shape of the Sergeli one-stop shop: 44 services, 8 spheres, 14 departments. */
const catalogueA: readonly Service[] = [
  ...familySupport,
  ...pensionsAndEmployment,
  ...publicHealth,
  ...education,
  ...cultureAndSports,
  ...housingAndUtilities,
  ...healthcare,
  ...propertyRights,
  ...landPlots,
  ...businessRegistration,
];

/** What a centre does today beyond those spheres: 28 services. */
const catalogueB: readonly Service[] = [
  ...lifeEvents,
  ...civilRecords,
  ...identityAndMigration,
  ...transport,
  ...justiceAndArchives,
  ...taxAndMoney,
  ...mobileServices,
];

export const services: readonly Service[] = [...catalogueA, ...catalogueB];
