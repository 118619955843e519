/** What the commands talk to. @internal */
export interface CliIo {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether somebody watches: then long work says how far it is. */
  readonly isWatched: boolean;
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Calls back when whoever started the program wants it to end; gives back how to call that off. */
  readonly onInterrupt: (run: () => void) => () => void;
}

/** What a command ends with: `0` as it should be, `1` something was found, `2` it could not be done. @internal */
export type ExitCode = 0 | 1 | 2;

/** A mistake of who called: its sentence is shown, without a trace. @internal */
export class UsageError extends Error {}

/** 1234567 as `1,234,567`. @internal */
export const grouped = (value: number): string => value.toLocaleString('en-US');
