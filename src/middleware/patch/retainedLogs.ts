import type { HudhudAction } from '../../actions/define';
import { isType } from '../../actions/define';
import { historyEvicted } from '../../actions/eviction';
import { messageFetched, pageReceived, snapshotApplied } from '../../actions/history';
import { operationAcknowledged, operationEchoMissed } from '../../actions/outbox';
import type { ConversationEvent } from '../../actions/stream';
import { conversationReceived } from '../../actions/stream';
import { findMessage } from '../../state/channelLog';
import { keepNewest } from '../../state/evict';
import type { MessagesState } from '../../state/messagesState';
import { messagesReducer } from '../../state/messages';
import { findLog } from '../../state/messagesState';

/**
 * Messages that the layer has let go of, to stay within its bounds, while a host's cached answer still shows them. They
 * are kept up by the same reducer and the same actions, beside the store. As long as nothing was let go, this is empty and
 * costs nothing: answers are made of the layer's own state.
 *
 * @internal
 */
export interface RetainedLogs {
  /** The layer's messages, with what is retained in place of what is left of it. */
  over(layer: MessagesState): MessagesState;
  /** Takes in an action of the layer. */
  reduce(action: HudhudAction, before: MessagesState, followed: () => ReadonlySet<string>): void;
  /** Lets go of every channel that is not among these. */
  keepOnly(channelIds: ReadonlySet<string>): void;
  /** Channels of which more is retained than may be. */
  overfull(): readonly string[];
  /** Lets go of the oldest messages of a channel, as the layer does (`history/evicted`). */
  cut(channelId: string, ordinal: number): void;
}

/** The bound is passed by this much before anything is let go, so that it happens once per many messages. */
const slack = 1.1;

const nothing = (): MessagesState => messagesReducer(undefined, { type: '@@hudhud/start' });

/** @internal @param most - Messages that may be retained of one channel. */
export function createRetainedLogs(most: number): RetainedLogs {
  let own = nothing();
  let lastLayer: MessagesState | null = null;
  let lastOver: MessagesState | null = null;

  const isOwn = (channelId: string | undefined): boolean =>
    channelId !== undefined && findLog(own, channelId) !== undefined;
  /** Whether an event is about a channel that is retained; one that names none is where its message is. */
  const concerns = (event: ConversationEvent): boolean => {
    if (event.type === 'typing') return false;
    const isReaction = event.type === 'reaction';
    const channelId = isReaction ? event.channelId : event.message.channelId;
    if (channelId !== undefined) return isOwn(channelId);
    const id = isReaction ? event.messageId : event.message.id;
    return own.channels.some((log) => findMessage(log, id) !== undefined);
  };
  /** In runs, since an event's ordinal is its place in the list. */
  const receive = (action: ReturnType<typeof conversationReceived>) => {
    const { events, ordinal } = action.payload;
    let start = 0;
    events.forEach((event, i) => {
      if (concerns(event)) return;
      if (i > start) take(start, i);
      start = i + 1;
    });
    if (start < events.length) take(start, events.length);
    function take(from: number, to: number): void {
      const run = { ordinal: ordinal + from, events: events.slice(from, to) };
      own = messagesReducer(own, { ...action, payload: { ...action.payload, ...run } });
    }
  };
  const isAbout = (action: HudhudAction): boolean => {
    if (isType(action, pageReceived)) return isOwn(action.payload.channelId);
    if (isType(action, messageFetched)) return isOwn(action.payload.message.channelId);
    if (isType(action, snapshotApplied)) return isOwn(action.payload.page?.channelId);
    if (isType(action, operationEchoMissed)) return isOwn(action.payload.reaction?.channelId);
    if (isType(action, operationAcknowledged)) {
      const { message, deleted } = action.payload;
      return isOwn(message?.channelId ?? deleted?.channelId);
    }
    return true;
  };

  return {
    over(layer) {
      if (own.channels.length === 0) return layer;
      if (layer !== lastLayer || lastOver === null) {
        const rest = layer.channels.filter((log) => !isOwn(log.channelId));
        lastLayer = layer;
        // other slots than the layer's: a lineage of its own
        lastOver = { ...layer, lineage: {}, channels: [...rest, ...own.channels] };
      }
      return lastOver;
    },
    reduce(action, before, followed) {
      if (isType(action, historyEvicted)) {
        const shown = followed();
        const lost = action.payload.channels.flatMap(({ channelId }) => {
          const log = findLog(before, channelId);
          const isLost = shown.has(channelId) && !isOwn(channelId) && log !== undefined;
          // what is remembered beside a log hangs on its lineage: this is another one from here on
          return isLost ? [{ ...log, lineage: {} }] : [];
        });
        if (lost.length === 0) return;
        own = { ...own, lineage: {}, channels: [...own.channels, ...lost] };
        lastOver = null;
        return;
      }
      if (own.channels.length === 0) return;
      const held = own;
      if (isType(action, conversationReceived)) receive(action);
      else if (isAbout(action)) own = messagesReducer(own, action);
      if (own !== held) lastOver = null;
    },
    keepOnly(channelIds) {
      const channels = own.channels.filter((log) => channelIds.has(log.channelId));
      if (channels.length === own.channels.length) return;
      own = channels.length === 0 ? nothing() : { ...own, lineage: {}, channels };
      lastOver = null;
      lastLayer = null;
    },
    overfull: () =>
      own.channels.flatMap(({ channelId, size }) => (size > most * slack ? [channelId] : [])),
    cut(channelId, ordinal) {
      const log = findLog(own, channelId);
      const before = log === undefined ? null : keepNewest(log, most);
      if (before === null) return;
      own = messagesReducer(own, historyEvicted({ ordinal, channels: [{ channelId, before }] }));
      lastOver = null;
    },
  };
}
