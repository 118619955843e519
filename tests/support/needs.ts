import { describe, test } from '@jest/globals';

/** A program that is not ours, without which a suite cannot run. */
export interface Need {
  readonly name: string;
  readonly isThere: boolean;
  /** Where it was looked for, and how to get it. */
  readonly hint: string;
  /** A variable that, set to 1, requires it as CI=true does. */
  readonly requiredBy?: string;
}

const isOn = ({ requiredBy }: Need): boolean =>
  requiredBy !== undefined && process.env[requiredBy] === '1';

/** A suite that needs other programs. Where one is missing it fails if it is required (CI=true); else it is skipped, loudly. */
export function describeWith(needs: readonly Need[], name: string, suite: () => void): void {
  const missing = needs.filter(({ isThere }) => !isThere);
  if (missing.length === 0) {
    describe(name, suite);
    return;
  }
  const names = missing.map((need) => need.name).join(', ');
  const hints = missing.map(({ hint }) => hint).join(' ');
  if (process.env['CI'] === 'true' || missing.some(isOn)) {
    test(`${name}: needs ${names}`, () => {
      throw new Error(hints);
    });
    return;
  }
  // not by console: this has to be seen under --silent too
  process.stderr.write(`\n!! NOT TESTED WITHOUT ${names}: ${name}\n!! ${hints}\n\n`);
  describe.skip(`${name} (SKIPPED: no ${names})`, suite);
}
