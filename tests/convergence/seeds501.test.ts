import { playSeeds } from './run/playSeeds';

playSeeds(501, 750);
