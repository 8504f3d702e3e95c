import { argon2Verify } from 'hash-wasm';
import { describe, expect, it } from 'vitest';
import { normaliseApostrophes } from '#model/identity/script';
import type { CalendarDay, Centre } from '#model/reference';
import { ReferenceItem } from '#model/reference';
import { Service } from '#model/service';
import { createServiceSearch } from '#model/service-search';
import { StaffMember } from '#model/staff';
import { seed } from './seed.ts';

const catalogueASpheres = ['SOC', 'PUB', 'EDU', 'CUL', 'HOU', 'HEA', 'LAN', 'BUS'];
const catalogueA = seed.services.filter((it) => catalogueASpheres.includes(it.sphere));
const catalogueB = seed.services.filter((it) => !catalogueASpheres.includes(it.sphere));
const centres = seed.reference.filter((it): it is Centre => it.kind === 'centre');
const days = seed.reference.filter((it): it is CalendarDay => it.kind === 'calendar-day');

function codesOf(kind: 'sphere' | 'department' | 'place' | 'refusal-ground'): string[] {
  return seed.reference.flatMap((it) => (it.kind === kind ? [it.code] : []));
}

function countBy(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const it of values) counts[it] = (counts[it] ?? 0) + 1;
  return counts;
}

function repeated(values: readonly string[]): string[] {
  return values.filter((it, index) => values.indexOf(it) !== index);
}

describe('the catalogue', () => {
  it('is what its schema says', () => {
    expect(seed.services.map((it) => Service.parse(it))).toEqual(seed.services);
  });

  it('has the 44 services of the Sergeli shape in 8 spheres and 14 departments, and 28 more', () => {
    expect({
      spheres: countBy(catalogueA.map((it) => it.sphere)),
      services: catalogueA.length,
      departments: [...new Set(catalogueA.map((it) => it.department))].sort(),
      more: catalogueB.length,
      moreSpheres: countBy(catalogueB.map((it) => it.sphere)),
    }).toEqual({
      spheres: { SOC: 8, PUB: 4, EDU: 6, CUL: 5, HOU: 7, HEA: 4, LAN: 6, BUS: 4 },
      services: 44,
      departments: Array.from({ length: 14 }, (_, index) => `D${String(index + 1).padStart(2, '0')}`),
      more: 28,
      moreSpheres: { FHD: 8, IDM: 6, TRA: 2, JUS: 6, FIN: 3, MOB: 3 },
    });
  });

  it('numbers the services of each sphere from 01 without a gap', () => {
    const expected = Object.entries(countBy(seed.services.map((it) => it.sphere))).flatMap(
      ([sphere, count]) =>
        Array.from({ length: count }, (_, index) => `${sphere}-${String(index + 1).padStart(2, '0')}@1`),
    );
    expect(seed.services.map((it) => it.id)).toEqual(expected);
  });

  it('names only spheres and departments that there are', () => {
    const spheres = codesOf('sphere');
    const departments = codesOf('department');
    const unknown = seed.services.filter(
      (it) => !spheres.includes(it.sphere) || !departments.includes(it.department),
    );
    expect(unknown.map((it) => it.code)).toEqual([]);
    expect(departments.filter((code) => !seed.services.some((it) => it.department === code))).toEqual([]);
  });

  it('says of every figure what it rests on', () => {
    expect(seed.services.filter((it) => !/\b(S\d+|P)\b/.test(it.basis)).map((it) => it.code)).toEqual([]);
  });

  it('has a term and a fee in force on every day from 2025 on, and only one of each', () => {
    const wrong = seed.services.filter((service) =>
      ['2025-02-01', '2026-03-05', '2027-12-31'].some((day) =>
        [service.deadlines, service.fees].some(
          (figures) =>
            figures.filter((it) => it.from <= day && (it.until === undefined || day < it.until)).length !== 1,
        ),
      ),
    );
    expect(wrong.map((it) => it.code)).toEqual([]);
  });

  it('is found by its code, by each of its names and by each of its synonyms', () => {
    const { search } = createServiceSearch(seed.services);
    const lost = seed.services.flatMap((service) =>
      [service.code, ...Object.values(service.name), ...service.synonyms]
        .filter((words) => !search(words, seed.services.length).some((it) => it.code === service.code))
        .map((words) => `${service.code}: ${words}`),
    );
    expect(lost).toEqual([]);
  });

  it.each([
    ['tugʻilish', 'SOC-03'],
    ['рождение', 'FHD-01'],
    ['birth', 'SOC-03'],
    ['бола пули', 'SOC-01'],
    ['suyunchi', 'SOC-03'],
    ['ЭЦП', 'BUS-04'],
    ['ERI', 'BUS-04'],
    ['propiska', 'IDM-03'],
    ['садик', 'EDU-01'],
  ])('answers “%s” with %s among the first five', (words, code) => {
    const found = createServiceSearch(seed.services).search(words, 5);
    expect(found.map((it) => it.code)).toContain(code);
  });
});

describe('the reference data', () => {
  it('is what its schema says', () => {
    expect(seed.reference.map((it) => ReferenceItem.parse(it))).toEqual(seed.reference);
  });

  it('gives every item an id of its own', () => {
    expect(repeated(seed.reference.map((it) => it.id))).toEqual([]);
  });

  it('has fourteen regions of Uzbekistan, and every district under a region', () => {
    const places = seed.reference.flatMap((it) => (it.kind === 'place' ? [it] : []));
    const regions = places.filter((it) => it.parent === null).map((it) => it.code);
    expect(regions.filter((it) => /^17\d\d$/.test(it))).toHaveLength(14);
    expect(places.filter((it) => it.parent !== null && !regions.includes(it.parent))).toEqual([]);
  });

  it('lists R01 to R12, of which only the technical error is the fault of the centre', () => {
    const grounds = seed.reference.flatMap((it) => (it.kind === 'refusal-ground' ? [it] : []));
    expect(grounds.map((it) => it.code)).toEqual(
      Array.from({ length: 12 }, (_, index) => `R${String(index + 1).padStart(2, '0')}`),
    );
    expect(grounds.filter((it) => it.centreFault).map((it) => it.code)).toEqual(['R12']);
  });

  it('puts every centre at a known place, under an office, with services that there are', () => {
    const places = codesOf('place');
    const services = seed.services.map((it) => it.code);
    const offices = centres.filter((it) => it.type === 'office').map((it) => it.centreId);
    const wrong = centres.filter(
      (it) =>
        !places.includes(it.place) ||
        it.topServices.some((code) => !services.includes(code)) ||
        (it.type === 'office' ? it.parent !== null : it.parent === null || !offices.includes(it.parent)) ||
        (it.type !== 'office' && (it.topServices.length < 6 || it.topServices.length > 10)),
    );
    expect(wrong.map((it) => it.centreId)).toEqual([]);
    expect(repeated(centres.map((it) => it.numberPrefix))).toEqual([]);
    expect(repeated(centres.flatMap((it) => it.topServices.map((code) => `${it.centreId} ${code}`)))).toEqual(
      [],
    );
  });

  it('leads case numbers of Uzbekistan by the SOATO code of the district', () => {
    const districts = centres.filter((it) => it.country === 'UZ' && it.type === 'centre');
    expect(districts.map((it) => it.numberPrefix)).toEqual(districts.map((it) => it.place));
    expect(districts.map((it) => it.place)).toEqual([
      '1722217',
      '1710212',
      '1708204',
      '1724235',
      '1727401',
      '1726283',
    ]);
  });

  it('raises the base amount with every step', () => {
    const steps = seed.reference.flatMap((it) => (it.kind === 'base-amount' ? [it] : []));
    const sorted = [...steps].sort((a, b) => a.amount - b.amount);
    expect(steps).toEqual(sorted);
    expect(steps.map((it) => it.from)).toEqual([...steps.map((it) => it.from)].sort());
    expect(steps.at(-1)).toMatchObject({ from: '2025-08-01', amount: 412_000 });
  });
});

describe('the calendar', () => {
  const hijri = new Intl.DateTimeFormat('en-u-ca-islamic-umalqura', {
    day: 'numeric',
    month: 'numeric',
    timeZone: 'UTC',
  });
  const dayNumber = (date: string) => new Date(`${date}T00:00:00Z`).getUTCDay();
  const namesOn = (name: string) => days.filter((it) => it.name.en === name).map((it) => it.date);

  it('forecasts both hayits as Umm al-Qura computes them, and only the published one for certain', () => {
    expect(namesOn('Ramazon hayit').map((it) => hijri.format(new Date(it)).split(/\D+/).slice(0, 2))).toEqual(
      Array.from({ length: 3 }, () => ['10', '1']),
    );
    expect(namesOn('Qurbon hayit').map((it) => hijri.format(new Date(it)).split(/\D+/).slice(0, 2))).toEqual(
      Array.from({ length: 3 }, () => ['12', '10']),
    );
    const certain = days.filter((it) => it.name.en.endsWith('hayit') && !it.provisional);
    expect(certain.map((it) => it.date)).toEqual(['2026-03-20']);
  });

  it('moves the rest of every Uzbek holiday on a weekend to the next day that is free to take it', () => {
    const uzbek = days.filter((it) => it.country === 'UZ');
    const holidays = uzbek.filter((it) => it.name.en !== 'Moved day of rest').map((it) => it.date);
    const expected = holidays
      .filter((it) => dayNumber(it) === 0 || dayNumber(it) === 6)
      .map((it) => {
        let next = new Date(`${it}T00:00:00Z`);
        do next = new Date(next.getTime() + 86_400_000);
        while (next.getUTCDay() === 0 || next.getUTCDay() === 6 || holidays.includes(isoDate(next)));
        return isoDate(next);
      });
    expect(namesOn('Moved day of rest')).toEqual(expected.sort());
  });

  it('knows the Georgian Easter: Good Friday to Easter Monday', () => {
    const expected = [2026, 2027].flatMap((year) =>
      [-2, -1, 0, 1].map((shift) => orthodoxEaster(year, shift)),
    );
    expect(namesOn('Orthodox Easter')).toEqual(expected);
  });

  function isoDate(day: Date): string {
    return day.toISOString().slice(0, 10);
  }

  function orthodoxEaster(year: number, shift: number): string {
    const moon = (19 * (year % 19) + 15) % 30;
    const sunday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7;
    const julianDay = moon + sunday + 22;
    return isoDate(new Date(Date.UTC(year, 2, julianDay + 13 + shift)));
  }
});

describe('the staff', () => {
  it('is what its schema says, two clerks, a supervisor and an IT administrator in every centre', () => {
    expect(seed.staff.map((it) => StaffMember.parse(it))).toEqual(seed.staff);
    expect(repeated(seed.staff.map((it) => it.id))).toEqual([]);
    expect(repeated(seed.staff.map((it) => it.name))).toEqual([]);
    const teams = centres.map(({ centreId, type }) => ({
      centreId,
      roles: seed.staff.filter((it) => it.centreId === centreId).map((it) => it.role),
      expected: type === 'office' ? ['supervisor', 'it'] : ['clerk', 'clerk', 'supervisor', 'it'],
    }));
    expect(teams.map((it) => it.roles)).toEqual(teams.map((it) => it.expected));
  });

  it('keeps a PIN as a hash that the PIN shown for the demonstration gives', async () => {
    const { hash = '' } = seed.credentials.find((it) => it.staffId === 'baxmal-clerk-1') ?? {};
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await argon2Verify({ password: '1111', hash })).toBe(true);
    expect(await argon2Verify({ password: '2222', hash })).toBe(false);
  });

  it('has the PIN of everybody apart from what every desk may read', () => {
    expect(seed.credentials.map((it) => [it.centreId, it.staffId])).toEqual(
      seed.staff.map((it) => [it.centreId, it.id]),
    );
    expect(JSON.stringify(seed.staff)).not.toContain('argon2');
  });

  it('has canonical names', () => {
    expect(seed.staff.filter((it) => it.name !== normaliseApostrophes(it.name))).toEqual([]);
  });

  it('salts every PIN differently', () => {
    expect(repeated(seed.credentials.map((it) => it.hash.split('$')[4] ?? ''))).toEqual([]);
    expect(repeated(seed.credentials.map((it) => it.hash))).toEqual([]);
  });
});

it('gives every centre one enrolment code', () => {
  expect(seed.enrolmentCodes.map((it) => it.centreId)).toEqual(centres.map((it) => it.centreId));
  expect(repeated(seed.enrolmentCodes.map((it) => it.code))).toEqual([]);
});
