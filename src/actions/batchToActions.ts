import type { EventBatch } from '../protocol/batch';
import type { HudhudFlags } from '../flags';
import type {
  ChannelEvent,
  NoticeEvent,
  PresenceEvent,
  ServerEvent,
} from '../protocol/serverEvents';
import type { HudhudAction } from './define';
import { deferNotification } from './define';
import type { ConversationEvent } from './stream';
import {
  channelEventsReceived,
  channelInitialised,
  conversationReceived,
  frameCommitted,
  noticesReceived,
  presenceReceived,
  sessionInitialised,
} from './stream';

/** What a batch is translated with. @internal */
export interface Translation {
  readonly instance: string;
  /** Ordinal of the batch's first event. */
  readonly ordinal: number;
  readonly viewerId: string | null;
  readonly flags: HudhudFlags;
}

/** @internal */
export interface Translated {
  /** In the order in which they are to be dispatched; the last one ends the batch. */
  readonly actions: readonly HudhudAction[];
  /** First ordinal after the batch. */
  readonly nextOrdinal: number;
}

/** Whether what comes after it may depend on it, and it on what came before (architecture section 4). */
function isBarrier(event: ChannelEvent, viewerId: string | null): boolean {
  if (event.op === 'created' || event.op === 'deleted') return true;
  return event.userId !== undefined && event.userId === viewerId;
}

/**
 * Translates a batch: at most one action per order group, in which arrival order is kept, cut at barriers. Pure; all
 * but the last action leave waking subscribers to it.
 *
 * @internal
 */
export function batchToActions(batch: EventBatch, translation: Translation): Translated {
  const { flags, instance } = translation;
  const { stream, epoch, receivedAt } = batch;
  let { ordinal, viewerId } = translation;
  const actions: HudhudAction[] = [];

  let conversation: ConversationEvent[] = [];
  let presence: PresenceEvent[] = [];
  let notices: NoticeEvent[] = [];
  let channelEvents: ChannelEvent[] = [];

  const observe = (count: number) => {
    const observed = { stream, epoch, ordinal };
    ordinal += count;
    return observed;
  };
  const add = (action: HudhudAction) => {
    actions.push(deferNotification(action));
  };
  const close = () => {
    if (channelEvents.length > 0) {
      const payload = { ...observe(channelEvents.length), events: channelEvents, viewerId };
      add(channelEventsReceived(payload, instance));
      channelEvents = [];
    }
    if (conversation.length > 0) {
      const observed = observe(conversation.length);
      add(
        conversationReceived({ ...observed, events: conversation, viewerId, receivedAt }, instance),
      );
      conversation = [];
    }
    if (presence.length > 0) {
      add(
        presenceReceived({ ...observe(presence.length), events: presence, receivedAt }, instance),
      );
      presence = [];
    }
    if (notices.length > 0) {
      add(noticesReceived({ ...observe(notices.length), events: notices, receivedAt }, instance));
      notices = [];
    }
  };
  const sort = (event: ServerEvent) => {
    switch (event.type) {
      case 'init': {
        close();
        const { userId, username, channelIds = null } = event;
        viewerId = userId;
        add(sessionInitialised({ ...observe(1), userId, username, channelIds }, instance));
        break;
      }
      case 'channel_init':
        close();
        add(channelInitialised({ ...observe(1), event }, instance));
        break;
      case 'channel_event':
        if (isBarrier(event, viewerId)) {
          close();
          add(channelEventsReceived({ ...observe(1), events: [event], viewerId }, instance));
        } else {
          channelEvents.push(event);
        }
        break;
      case 'presence':
        if (flags.enablePresence) presence.push(event);
        break;
      case 'typing':
        if (flags.enableTypingIndicators) conversation.push(event);
        break;
      case 'message':
      case 'channel_message':
      case 'broadcast':
        if (event.op === 'notice') notices.push(event);
        else conversation.push(event);
        break;
      case 'reaction':
        conversation.push(event);
        break;
      case 'connection':
      case 'ping':
        break; // they say that the stream lives, which the transport has noticed
    }
  };
  for (const event of batch.events) sort(event);
  close();

  const counts = { events: batch.events.length, rejected: batch.rejected.length };
  const { lastEventId } = batch;
  const committed = { ...observe(1), lastEventId, receivedAt, counts };
  actions.push(frameCommitted(committed, instance));
  return { actions, nextOrdinal: ordinal };
}
