import type { MessageFact } from '../protocol/models';
import type { ServerEvent } from '../protocol/serverEvents';
import type { HudhudRootState } from '../selectors/root';
import type { Runtime } from './runtime';

const none: readonly MessageFact[] = [];

/**
 * New messages of a batch, each once, by whatever name and however often they are told: a server may send a copy, and
 * repeats itself after a break. Looks at the state before the batch.
 *
 * @internal
 */
export function unheardOf(
  { flags, onNotification, selectors }: Runtime,
  before: HudhudRootState,
  events: readonly ServerEvent[],
): readonly MessageFact[] {
  if (!flags.enableNotificationSounds || onNotification === null) return none;
  const found = new Map<string, MessageFact>();
  for (const event of events) {
    if (!('op' in event) || event.op !== 'create') continue;
    const { id, channelId } = event.message;
    if (channelId === undefined || found.has(id)) continue;
    if (selectors.selectMessage(before, channelId, id) === null) found.set(id, event.message);
  }
  return [...found.values()];
}

/** Tells the host of those that are someone else's. Looks at the state after the batch, which may say who is looking. @internal */
export function notify(
  { counters, onNotification, selectors }: Runtime,
  after: HudhudRootState,
  messages: readonly MessageFact[],
): void {
  if (messages.length === 0 || onNotification === null) return;
  const viewerId = selectors.selectViewerId(after);
  for (const message of messages) {
    if (message.userId === viewerId) continue;
    try {
      onNotification(message);
    } catch {
      counters.inc('handlerErrors', 'onNotification');
    }
  }
}
