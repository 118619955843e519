import { seedId } from './ids.ts';

export interface SeedChannel {
  readonly channelId: string;
  readonly name: string;
  readonly description: string;
  readonly isPrivate: boolean;
  readonly language: 'mixed' | 'ar';
  /** Its share of all messages. */
  readonly weight: number;
  /** The share of people who have joined it. */
  readonly joined: number;
  readonly inSmallSeed: boolean;
}

type Entry = readonly [name: string, description: string, weight: number, joined: number];

const entries: readonly Entry[] = [
  ['general', 'Everything for everyone', 22, 1],
  ['engineering', 'Code, builds and the odd outage', 26, 0.75],
  ['design', 'Screens, words and colours', 12, 0.6],
  ['عام', 'نقاشات عامة بالعربية', 14, 0.6],
  ['random', 'Lunch, weather and other serious matters', 12, 0.9],
  ['support', 'What customers ask', 8, 0.5],
  ['release', 'What goes out, and when', 6, 0.7],
  ['leadership', 'Plans that are not ready to share', 4, 0.25],
];
const small: ReadonlySet<string> = new Set(['general', 'engineering', 'leadership']);

export const channelList: readonly SeedChannel[] = entries.map(
  ([name, description, weight, joined]) => ({
    // the id that the contract samples use
    channelId:
      name === 'general' ? '3d1f7a52-9b57-4c0f-8a77-0e3b9d4c2b02' : seedId('channel', name),
    name,
    description,
    isPrivate: name === 'leadership',
    language: name === 'عام' ? 'ar' : 'mixed',
    weight,
    joined,
    inSmallSeed: small.has(name),
  }),
);

export const project = {
  projectId: '90b6a1de-2c4b-4f3e-8d17-6a5e0c9b2f06',
  name: 'Hudhud',
  slug: 'hudhud',
  description: 'The team behind the bird',
  color: '#8b5e3c',
} as const;
