import { batchToActions } from '../actions/batchToActions';
import type { EventBatch } from '../protocol/batch';
import type { ServerEvent } from '../protocol/serverEvents';
import type { ExpiryLoop } from './expiryLoop';
import type { Runtime, StoreApi } from './runtime';

/** Someone else's new message, which a host may want to be heard. */
function notify(runtime: Runtime, events: readonly ServerEvent[], viewerId: string | null): void {
  const { flags, onNotification } = runtime;
  if (!flags.enableNotificationSounds || onNotification === null) return;
  for (const event of events) {
    if (event.type !== 'message' && event.type !== 'channel_message') continue;
    if (event.op === 'create' && event.message.userId !== viewerId) onNotification(event.message);
  }
}

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
  const { ordinals, quarantine, emitter, selectors, instance, flags } = runtime;
  const viewerId = selectors.selectViewerId(store.getState());
  const ordinal = ordinals.next();
  const { actions, nextOrdinal } = batchToActions(batch, { instance, ordinal, viewerId, flags });
  ordinals.take(nextOrdinal, batch.receivedAt);
  quarantine.add(batch.rejected);
  for (const action of actions) store.dispatch(action);
  expiry.arm();
  emitter.emit(batch.events);
  notify(runtime, batch.events, viewerId);
}
