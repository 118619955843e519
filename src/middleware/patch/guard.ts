import type { Runtime } from '../runtime';

/**
 * What goes wrong in a rule, which is the host's own code, or in what is done with it, harms nobody else: it is counted,
 * and the answer stays as it is.
 *
 * @internal
 */
export interface Guard {
  readonly failed: (error: unknown) => void;
  readonly guarded: <T>(run: () => T, otherwise: T) => T;
  readonly safely: (run: () => void) => void;
}

/** @internal */
export function createGuard({ counters, platform }: Pick<Runtime, 'counters' | 'platform'>): Guard {
  const failed = (error: unknown) => {
    counters.inc('handlerErrors', 'cachePatcher');
    platform.logger.debug('the cache patcher, or a rule of it, failed', { error });
  };
  const guarded = <T>(run: () => T, otherwise: T): T => {
    try {
      return run();
    } catch (error) {
      failed(error);
      return otherwise;
    }
  };
  return {
    failed,
    guarded,
    safely: (run) => {
      guarded(run, undefined);
    },
  };
}
