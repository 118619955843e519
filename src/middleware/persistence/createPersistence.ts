import type { Runtime, StoreApi } from '../runtime';
import { createKeeping } from './keeping';
import type { Persistence } from './persistence';
import { nothingKept } from './persistence';

/**
 * @internal
 * @param owns - Whether an operation was wished here; what a state merely shows was not.
 */
export function createPersistence(
  runtime: Runtime,
  store: StoreApi,
  owns: (opId: string) => boolean,
): Persistence {
  const { persistence } = runtime;
  return persistence === null ? nothingKept : createKeeping(runtime, store, owns, persistence);
}
