import { batchToActions } from '../actions/batchToActions';
import type { EventBatch } from '../protocol/batch';
import type { ExpiryLoop } from './expiryLoop';
import { notify, unheardOf } from './notify';
import type { Runtime, StoreApi } from './runtime';

/**
 * Takes in what one flush of a stream brought: stamps it, dispatches it in at most one action per order group, then
 * tells it to the subscribers.
 *
 * @internal
 */
export function ingestBatch(
  runtime: Runtime,
  store: StoreApi,
  expiry: ExpiryLoop,
  batch: EventBatch,
): void {
  const done = runtime.meter.begin(batch);
  const { ordinals, quarantine, emitter, selectors, instance, flags } = runtime;
  const before = store.getState();
  const viewerId = selectors.selectViewerId(before);
  const ordinal = ordinals.next();
  const { actions, nextOrdinal } = batchToActions(batch, { instance, ordinal, viewerId, flags });
  ordinals.take(nextOrdinal, batch.receivedAt);
  quarantine.add(batch.rejected);
  const unheard = unheardOf(runtime, before, batch.events);
  for (const action of actions) store.dispatch(action);
  expiry.arm();
  emitter.emit(batch.events);
  notify(runtime, store.getState(), unheard);
  done();
}
