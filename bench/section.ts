import type { Effort } from './measure';

/**
 * Runs a part of a section in a process of its own, one after the other, so that nobody pays for another's garbage, and
 * gives back what it reports.
 */
type InOwnProcess = (args: readonly (string | number)[], flags?: readonly string[]) => unknown;

/** How large everything is. */
export interface Extent {
  readonly effort: Effort;
  /** Messages that are held before the clock starts. */
  readonly sizes: readonly number[];
  /** Small sizes, to see that everything works. */
  readonly isQuick: boolean;
}

/** One part of the report. */
export interface Section {
  /** For `--only`. */
  readonly name: string;
  readonly title: string;
  /** Prints what its runs report. */
  readonly print: (run: InOwnProcess, extent: Extent) => void;
  /** One run, in its own process. */
  readonly measure: (args: readonly string[], extent: Extent) => Promise<unknown>;
}
