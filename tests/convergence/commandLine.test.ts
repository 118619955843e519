import { describe, expect, it } from '@jest/globals';
import { readCommandLine, usageOf } from './commandLine';
import { proof } from './proof';
import { drawSchedule } from './schedule';

describe('the command line of the convergence proof', () => {
  it('plays the whole range where nothing is said', () => {
    const all = { is: 'many', first: 1, runs: 20_000, maxFailures: 1, hasStatistics: false };
    expect(readCommandLine([], proof)).toEqual(all);
    const given = ['--runs', '50', '--seed', '7', '--failures', '3', '--statistics'];
    expect(readCommandLine(given, proof)).toEqual({
      ...{ is: 'many', first: 7, runs: 50, maxFailures: 3, hasStatistics: true },
    });
  });

  it('plays some moves of one seed, all of them, or none', () => {
    const one = { is: 'one', seed: 7, kept: [0, 4], isTraced: true };
    expect(readCommandLine(['--seed', '7', '--keep', '0,4', '--trace'], proof)).toEqual(one);
    const none = { is: 'one', seed: 1, kept: [], isTraced: false };
    expect(readCommandLine(['--keep', 'none'], proof)).toEqual(none);
    const all = readCommandLine(['--seed', '7', '--keep', 'all'], proof);
    expect(all.is === 'one' && all.kept.length).toBe(drawSchedule(7).moves.length);
  });

  it.each([
    [['--runs', 'many'], '--runs takes a whole number from 1 to 4294967295, not "many".'],
    [['--runs', '0'], '--runs takes a whole number from 1 to 4294967295, not "0".'],
    [['--runs', ''], '--runs takes a whole number from 1 to 4294967295, not "".'],
    [['--seed', '1.5'], '--seed takes a whole number from 0 to 4294967295, not "1.5".'],
    [['--seed', '1e9'], '--seed takes a whole number from 0 to 4294967295, not "1e9".'],
    [['--failures', '9', '--runs', '5'], '--failures takes a whole number from 1 to 5, not "9".'],
    [['--keep', '1,,2'], `--keep takes a whole number from 0 to ${last(1)}, not "".`],
    [['--keep', '99'], `--keep takes a whole number from 0 to ${last(1)}, not "99".`],
    [['--keep', '1', '--runs', '5'], '--runs has no meaning beside --keep'],
    [['--keep', '1', '--statistics'], '--statistics has no meaning beside --keep'],
    [['--trace'], '--trace goes with --keep'],
    [['--sed', '1'], "Unknown option '--sed'"],
    [['--runs'], "Option '--runs <value>' argument missing"],
    [['12'], "Unexpected argument '12'"],
  ])('complains of %j in a sentence', (args, complaint) => {
    const asked = readCommandLine(args, proof);
    expect(asked.is === 'wrong' && asked.complaint).toContain(complaint);
  });

  it('counts as the proof says', () => {
    const counted = { ...proof, count: 'seeds' } as const;
    expect(readCommandLine(['--seeds', '50'], counted)).toMatchObject({ is: 'many', runs: 50 });
    expect(readCommandLine(['--runs', '50'], counted)).toMatchObject({ is: 'wrong' });
    expect(usageOf(counted)).toContain('--seeds N');
  });

  it('tells every switch that it takes', () => {
    expect(readCommandLine(['--help', '--keep', 'x'], proof)).toEqual({ is: 'help' });
    for (const name of ['runs', 'seed', 'failures', 'statistics', 'keep', 'trace', 'help']) {
      expect(usageOf(proof)).toContain(`--${name}`);
    }
  });
});

function last(seed: number): number {
  return drawSchedule(seed).moves.length - 1;
}
