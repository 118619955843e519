import type { Locks } from './locks';
import type { Timers } from './timers';

/**
 * Does something while no other tab does the same; without locks, or where another one takes longer than that may, all
 * the same.
 *
 * @internal
 */
export async function withLock<T>(
  ports: { readonly locks: Locks; readonly timers: Timers },
  name: string,
  patienceMs: number,
  run: () => Promise<T>,
): Promise<T> {
  if (!ports.locks.isSupported()) return run();
  const waiting = new AbortController();
  const cancel = ports.timers.after(patienceMs, () => {
    waiting.abort();
  });
  const held = await ports.locks.acquire(name, waiting.signal);
  cancel();
  try {
    return await run();
  } finally {
    held?.release();
  }
}
