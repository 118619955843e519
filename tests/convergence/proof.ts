import type { Proof } from './commandLine';
import { drawSchedule } from './schedule';

export const proof: Proof = {
  what: 'Plays the whole client against a simulated server',
  script: 'test:convergence',
  count: 'runs',
  movesOf: (seed) => drawSchedule(seed).moves.length,
};
