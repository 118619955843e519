import type { Timers } from '../platform/timers';

/** What ends a piece of work before it is done. @internal */
export type StopReason = 'ABORTED' | 'TIMEOUT';

/**
 * Runs work until it is done, called off by a signal, or too late; then rejects with what `errorOf` makes of the reason. The
 * work is told by its own signal, and not waited for: a source of tokens may not listen to one. Work that shows that it
 * gets on may start the time anew.
 *
 * @internal
 */
export function withDeadline<T>(
  work: (signal: AbortSignal, restart: () => void) => Promise<T>,
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
    let isOver = false;
    const cleanUp = () => {
      isOver = true;
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
    const startTime = () =>
      limits.timers.after(limits.timeoutMs, () => {
        stop('TIMEOUT');
      });
    let cancelTimeout = startTime();
    const restart = () => {
      if (isOver) return;
      cancelTimeout();
      cancelTimeout = startTime();
    };
    signal?.addEventListener('abort', onAbort);
    void work(abort.signal, restart).then(resolve, reject).finally(cleanUp);
  });
}
