const globals = require('@jest/globals');
// by its path: its name stands for this file
const fastCheck = require('../../node_modules/fast-check/lib/cjs/fast-check.js');

/**
 * What a test gets that imports fast-check: properties draw from Jest's seed. `npm test` names one, so that it says of a
 * change what it says everywhere. The many files without a property do not load the library for that.
 */
fastCheck.configureGlobal({ seed: globals.jest.getSeed() });
module.exports = fastCheck;
