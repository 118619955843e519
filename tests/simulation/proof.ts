import type { Proof } from '../convergence/commandLine';
import { drawSchedule } from './schedule';

export const proof: Proof = {
  what: 'Plays the whole client with its tabs against a simulated server and network',
  script: 'test:simulation',
  count: 'seeds',
  movesOf: (seed) => drawSchedule(seed).moves.length,
};
