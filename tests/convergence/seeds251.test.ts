import { playSeeds } from './run/playSeeds';

playSeeds(251, 500);
