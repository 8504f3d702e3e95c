import type { Role } from '#model/rights';
import type { StaffMember } from '#model/staff';

const posts = {
  'clerk-1': { role: 'clerk', pin: '1111' },
  'clerk-2': { role: 'clerk', pin: '2222' },
  supervisor: { role: 'supervisor', pin: '5555' },
  it: { role: 'it', pin: '9999' },
} as const satisfies Record<string, { role: Role; pin: string }>;

type Post = keyof typeof posts;
type Team = { centreId: number; prefix: string; names: Partial<Record<Post, string>> };

// Invented people.
const teams: readonly Team[] = [
  { centreId: 1, prefix: 'office', names: { supervisor: 'Xolmatova Zulfiya', it: 'Ergashev Sardor' } },
  { centreId: 2, prefix: 'geoffice', names: { supervisor: 'Lomidze Ketevan', it: 'Chkheidze Levan' } },
  {
    centreId: 11,
    prefix: 'sariosiyo',
    names: {
      'clerk-1': 'Boʻriyeva Mohira',
      'clerk-2': 'Choriyev Azamat',
      supervisor: 'Normurodov Shuhrat',
      it: 'Eshqobilov Jasur',
    },
  },
  {
    centreId: 12,
    prefix: 'dehqonobod',
    names: {
      'clerk-1': 'Qodirova Gulnoza',
      'clerk-2': 'Oʻroqov Bekzod',
      supervisor: 'Hamroyeva Dilorom',
      it: 'Joʻrayev Sanjar',
    },
  },
  {
    centreId: 13,
    prefix: 'baxmal',
    names: {
      'clerk-1': 'Saʼdullayeva Nodira',
      'clerk-2': 'Gʻulomov Oʻktam',
      supervisor: 'Toshpoʻlatova Feruza',
      it: 'Abduvaliyev Rustam',
    },
  },
  {
    centreId: 14,
    prefix: 'xovos',
    names: {
      'clerk-1': 'Yoqubova Shahnoza',
      'clerk-2': 'Mamatqulov Ilhom',
      supervisor: 'Rahmonov Alisher',
      it: 'Tursunov Otabek',
    },
  },
  {
    centreId: 15,
    prefix: 'nurafshon',
    names: {
      'clerk-1': 'Mirzayeva Kamola',
      'clerk-2': 'Aʼzamov Doniyor',
      supervisor: 'Yusupova Malika',
      it: 'Ismoilov Temur',
    },
  },
  {
    centreId: 16,
    prefix: 'sergeli',
    names: {
      'clerk-1': 'Karimova Lola',
      'clerk-2': 'Sobirov Farrux',
      supervisor: 'Nazarova Iroda',
      it: 'Usmonov Bobur',
    },
  },
  {
    centreId: 21,
    prefix: 'gardabani',
    names: {
      'clerk-1': 'Beridze Nino',
      'clerk-2': 'Mammadov Elnur',
      supervisor: 'Kapanadze Tamar',
      it: 'Giorgadze Irakli',
    },
  },
];

function toStaff({ centreId, prefix, names }: Team): StaffMember[] {
  return (Object.keys(posts) as Post[]).flatMap((post) => {
    const name = names[post];
    if (name === undefined) return [];
    const { role, pin } = posts[post];
    const id = `${prefix}-${post}`;
    return [{ id, centreId, name, role, demoPin: pin }];
  });
}

/** Two clerks, a supervisor and an IT administrator for each centre; offices take no cases. */
export const staff: readonly StaffMember[] = teams.flatMap(toStaff);
