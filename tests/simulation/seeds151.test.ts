import { playSeeds } from './run/playSeeds';

playSeeds(151, 300);
