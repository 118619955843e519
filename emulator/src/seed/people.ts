import type { Caller } from '../caller.ts';
import { seedId } from './ids.ts';

export interface SeedPerson {
  readonly userId: string;
  readonly username: string;
  readonly fullName: string;
  readonly role: Caller['role'];
  /** What the person writes in a channel of mixed languages. */
  readonly language: 'en' | 'ar';
}

type Entry = readonly [username: string, fullName: string, language: 'en' | 'ar'];

/** Invented people. The first six make the small seed; the first four never act as traffic bots. */
const entries: readonly Entry[] = [
  ['lina', 'لينا الخطيب', 'ar'],
  ['omar', 'Omar Haddad', 'en'],
  ['sara', 'Sara Lindqvist', 'en'],
  ['yusuf', 'يوسف الأمين', 'ar'],
  ['nadia', 'Nadia Rahman', 'en'],
  ['karim', 'كريم منصور', 'ar'],
  ['maya', 'Maya Fischer', 'en'],
  ['tariq', 'طارق الزهراني', 'ar'],
  ['elena', 'Elena Marchetti', 'en'],
  ['huda', 'هدى السالم', 'ar'],
  ['daniel', 'Daniel Okafor', 'en'],
  ['rania', 'رانيا عبد الله', 'ar'],
  ['tom', 'Tom Brandvold', 'en'],
  ['salma', 'سلمى الفارسي', 'ar'],
  ['ivan', 'Ivan Petrenko', 'en'],
  ['layla', 'ليلى حمدان', 'ar'],
  ['grace', 'Grace Whitlock', 'en'],
  ['bilal', 'بلال القاسمي', 'ar'],
  ['mei', 'Mei Tanaka', 'en'],
  ['fatima', 'فاطمة النجار', 'ar'],
  ['jonas', 'Jonas Keller', 'en'],
  ['amal', 'أمل الشريف', 'ar'],
  ['priya', 'Priya Nair', 'en'],
  ['ziad', 'زياد الحسن', 'ar'],
];

// the ids that the contract samples use
const knownIds: Readonly<Record<string, string>> = {
  lina: '6b0c1c55-4f0e-4f55-9d5c-3b0a5d7b1a01',
  omar: 'c1d9b1f4-0f6b-4d7e-9a29-2f4f7b6e8d04',
};
const roles: Readonly<Record<string, Caller['role']>> = {
  lina: 'admin',
  omar: 'moderator',
  sara: 'moderator',
};

export const people: readonly SeedPerson[] = entries.map(([username, fullName, language]) => ({
  userId: knownIds[username] ?? seedId('user', username),
  username,
  fullName,
  role: roles[username] ?? 'member',
  language,
}));
