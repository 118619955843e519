const Sequencer = require('@jest/test-sequencer').default;

/** Folders whose files take many seconds each; a browser leaves a core idle now and then, the others never do. */
const inBrowser = /\/tests\/browser\//;
const long = /\/tests\/(convergence|simulation|integration|property)\//;

function alternate(some, others) {
  const length = Math.max(some.length, others.length);
  return Array.from({ length }, (_unused, at) => [some[at], others[at]])
    .flat()
    .filter((one) => one !== undefined);
}

/**
 * Long files first, so that the workers end together; and browser files in turn with others, so that two browsers
 * seldom share the cores. Inside of that it is Jest's own order: what failed, then what took long.
 */
module.exports = class LongFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const browser = sorted.filter(({ path }) => inBrowser.test(path));
    const others = sorted.filter(({ path }) => long.test(path));
    const rest = sorted.filter((test) => !browser.includes(test) && !others.includes(test));
    return [...alternate(browser, others), ...rest];
  }
};
