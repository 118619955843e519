import type { HudhudFlags } from '../flags';
import type { EventBatch } from '../protocol/batch';
import type {
  ChannelEvent,
  NoticeEvent,
  PresenceEvent,
  ServerEvent,
} from '../protocol/serverEvents';
import type { HudhudAction } from './define';
import type { ConversationEvent } from './stream';
import {
  channelEventsReceived,
  channelInitialised,
  continuityTold,
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

/** Sorts the events of one batch into groups; a class, since it runs for every event that comes alone. */
class Translator {
  readonly actions: HudhudAction[] = [];
  ordinal: number;
  private readonly batch: EventBatch;
  private readonly instance: string;
  private readonly flags: HudhudFlags;
  private viewerId: string | null;
  private conversation: ConversationEvent[] = [];
  private presence: PresenceEvent[] = [];
  private notices: NoticeEvent[] = [];
  private channelEvents: ChannelEvent[] = [];

  constructor(batch: EventBatch, { instance, ordinal, viewerId, flags }: Translation) {
    this.batch = batch;
    this.instance = instance;
    this.ordinal = ordinal;
    this.viewerId = viewerId;
    this.flags = flags;
  }

  /** First of all: what is told next belongs to what is known. */
  begin(): void {
    const { stream, epoch, wholeSince } = this.batch;
    if (wholeSince === undefined) return;
    const payload = { stream, epoch, ordinal: this.take(1), wholeSince };
    this.actions.push(continuityTold(payload, this.instance, true));
  }

  add(event: ServerEvent): void {
    switch (event.type) {
      case 'message':
      case 'channel_message':
      case 'broadcast':
        if (event.op === 'notice') this.notices.push(event);
        else this.conversation.push(event);
        break;
      case 'reaction':
        this.conversation.push(event);
        break;
      case 'typing':
        if (this.flags.enableTypingIndicators) this.conversation.push(event);
        break;
      case 'presence':
        if (this.flags.enablePresence) this.presence.push(event);
        break;
      case 'channel_event':
        this.addChannelEvent(event);
        break;
      case 'init': {
        this.close();
        const { stream, epoch } = this.batch;
        const { userId, username, channelIds = null } = event;
        const ordinal = this.take(1);
        const payload = { stream, epoch, ordinal, userId, username, channelIds };
        this.viewerId = userId;
        this.actions.push(sessionInitialised(payload, this.instance, true));
        break;
      }
      case 'channel_init': {
        this.close();
        const { stream, epoch } = this.batch;
        const payload = { stream, epoch, ordinal: this.take(1), event };
        this.actions.push(channelInitialised(payload, this.instance, true));
        break;
      }
      case 'connection':
      case 'ping':
        break; // they say that the stream lives, which the transport has noticed
    }
  }

  private addChannelEvent(event: ChannelEvent): void {
    const isAlone = isBarrier(event, this.viewerId);
    if (isAlone) this.close();
    this.channelEvents.push(event);
    if (isAlone) this.close();
  }

  /** Ends the open groups: nothing later joins them. */
  close(): void {
    const { actions, instance, viewerId } = this;
    const { stream, epoch, receivedAt } = this.batch;
    if (this.channelEvents.length > 0) {
      const events = this.channelEvents;
      const payload = { stream, epoch, ordinal: this.take(events.length), events, viewerId };
      actions.push(channelEventsReceived(payload, instance, true));
      this.channelEvents = [];
    }
    if (this.conversation.length > 0) {
      const events = this.conversation;
      const ordinal = this.take(events.length);
      const payload = { stream, epoch, ordinal, events, viewerId, receivedAt };
      actions.push(conversationReceived(payload, instance, true));
      this.conversation = [];
    }
    if (this.presence.length > 0) {
      const events = this.presence;
      const payload = { stream, epoch, ordinal: this.take(events.length), events, receivedAt };
      actions.push(presenceReceived(payload, instance, true));
      this.presence = [];
    }
    if (this.notices.length > 0) {
      const events = this.notices;
      const payload = { stream, epoch, ordinal: this.take(events.length), events, receivedAt };
      actions.push(noticesReceived(payload, instance, true));
      this.notices = [];
    }
  }

  /** Ends the batch, with the action that wakes the subscribers. */
  commit(): void {
    const { stream, epoch, receivedAt, lastEventId, events, rejected } = this.batch;
    const counts = { events: events.length, rejected: rejected.length };
    const payload = { stream, epoch, ordinal: this.take(1), lastEventId, receivedAt, counts };
    this.actions.push(frameCommitted(payload, this.instance));
  }

  private take(count: number): number {
    const { ordinal } = this;
    this.ordinal += count;
    return ordinal;
  }
}

/**
 * Translates a batch: at most one action per order group, in which arrival order is kept, cut at barriers. Pure; all
 * but the last action leave waking subscribers to it.
 *
 * @internal
 */
export function batchToActions(batch: EventBatch, translation: Translation): Translated {
  const translator = new Translator(batch, translation);
  translator.begin();
  for (const event of batch.events) translator.add(event);
  translator.close();
  translator.commit();
  return { actions: translator.actions, nextOrdinal: translator.ordinal };
}
