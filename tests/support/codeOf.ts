import type { HudhudErrorCode } from '../../src/errors';
import { isHudhudError } from '../../src/errors';

interface Failure {
  readonly code: HudhudErrorCode;
  readonly field?: string;
  readonly line?: number;
}

/** Code and facts of the error that a call ends with; anything else than an error of this package is thrown on. */
export function codeOf(run: () => unknown): Failure | null {
  try {
    run();
    return null;
  } catch (error) {
    if (!isHudhudError(error)) throw error;
    const { field, line } = error.data;
    return {
      code: error.code,
      ...(field === undefined ? {} : { field }),
      ...(line === undefined ? {} : { line }),
    };
  }
}
