import { playSeeds } from './run/playSeeds';

playSeeds(751, 1000);
