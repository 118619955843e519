import { playSeeds } from './run/playSeeds';

playSeeds(1, 150);
