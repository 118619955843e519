import { jest } from '@jest/globals';
import fc from 'fast-check';

/** Properties draw from Jest's seed: `npm test` names one, so that it says of a change what it says everywhere. */
fc.configureGlobal({ seed: jest.getSeed() });
