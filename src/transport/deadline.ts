import type { Timers } from '../platform/timers';

/** What ends a piece of work before it is done. @internal */
export type StopReason = 'ABORTED' | 'TIMEOUT';

/**
 * Runs work until it is done, called off by a signal, or too late; then rejects with what `errorOf` makes of the reason. The
 * work is told by its own signal, and not waited for: a source of tokens may not listen to one.
 *
 * @internal
 */
export function withDeadline<T>(
  work: (signal: AbortSignal) => Promise<T>,
  limits: {
    readonly timeoutMs: number;
    readonly timers: Timers;
    readonly signal: AbortSignal | undefined;
  },
  errorOf: (reason: StopReason) => Error,
): Promise<T> {
  const { signal } = limits;
  if (signal?.aborted === true) return Promise.reject(errorOf('ABORTED'));
  const abort = new AbortController();
  return new Promise<T>((resolve, reject) => {
    const cleanUp = () => {
      cancelTimeout();
      signal?.removeEventListener('abort', onAbort);
    };
    const stop = (reason: StopReason) => {
      cleanUp();
      reject(errorOf(reason));
      abort.abort();
    };
    const onAbort = () => {
      stop('ABORTED');
    };
    const cancelTimeout = limits.timers.after(limits.timeoutMs, () => {
      stop('TIMEOUT');
    });
    signal?.addEventListener('abort', onAbort);
    void work(abort.signal).then(resolve, reject).finally(cleanUp);
  });
}
