import type { HudhudAction } from '../../actions/define';
import { isType } from '../../actions/define';
import { historyEvicted } from '../../actions/eviction';
import { messageFetched, pageReceived, snapshotApplied } from '../../actions/history';
import { operationAcknowledged, operationEchoMissed } from '../../actions/outbox';
import { conversationReceived } from '../../actions/stream';
import type { ConversationEvent } from '../../actions/stream';
import type { ChannelLog } from '../../state/channelLog';
import { createChannelLog, findMessage } from '../../state/channelLog';
import type { MessagesState } from '../../state/messages';
import { findLog, messagesReducer } from '../../state/messages';

/**
 * The messages of the channels that a host's cached answers are about, by the same reducer and the same actions as the
 * layer's own, and beside the store. Its own copy, since an answer may be cached for longer than the layer holds its
 * rows, and since a host's answers must not be able to harm what everybody else reads. Where the two know the same, they
 * share their memory.
 *
 * @internal
 */
export interface PrivateCopy {
  messages(): MessagesState;
  /** Takes in an action of the layer, or what a host's answer says. */
  reduce(action: HudhudAction): void;
  /** Follows a channel from now on, beginning with what the layer holds of it. */
  follow(channelId: string, layer: MessagesState): void;
  /** Lets go of every channel that is not among these. */
  keepOnly(channelIds: ReadonlySet<string>): void;
}

const empty = (): MessagesState => messagesReducer(undefined, { type: '@@hudhud/start' });

/** A log with an identity of its own: what is remembered beside a log hangs on that. */
function adopted(log: ChannelLog): ChannelLog {
  // what the layer has let go of is nothing that an answer of the host has to be kept from
  return { ...log, lineage: {}, cut: null };
}

/** @internal */
export function createPrivateCopy(isAsking: () => boolean): PrivateCopy {
  let state = empty();

  const isHeld = (messageId: string): boolean =>
    state.channels.some((log) => findMessage(log, messageId) !== undefined);
  const isFollowed = (channelId: string): boolean => findLog(state, channelId) !== undefined;
  /** Whether an event is about one of our channels; of one that says none only what is held, or may come, is. */
  const concerns = (event: ConversationEvent): boolean => {
    if (event.type === 'typing') return false;
    const [channelId, id] =
      event.type === 'reaction'
        ? [event.channelId, event.messageId]
        : [event.message.channelId, event.message.id];
    return channelId === undefined ? isAsking() || isHeld(id) : isFollowed(channelId);
  };
  const receive = (action: ReturnType<typeof conversationReceived>) => {
    const { payload } = action;
    const { events } = payload;
    // in runs: an event's ordinal is its place in the list
    for (let start = 0; start < events.length; start++) {
      let end = start;
      for (let event = events[end]; event !== undefined && concerns(event); event = events[end]) {
        end++;
      }
      if (end === start) continue;
      const run = {
        ...payload,
        ordinal: payload.ordinal + start,
        events: events.slice(start, end),
      };
      state = messagesReducer(state, { ...action, payload: run });
      start = end;
    }
  };
  /** Whether anything of an action is about a channel that is followed. */
  const isOurs = (action: HudhudAction): boolean => {
    if (isType(action, pageReceived)) return isFollowed(action.payload.channelId);
    if (isType(action, messageFetched)) return isFollowed(action.payload.message.channelId ?? '');
    if (isType(action, snapshotApplied)) return isFollowed(action.payload.page?.channelId ?? '');
    if (isType(action, operationAcknowledged)) {
      const { message, deleted } = action.payload;
      return isFollowed(message?.channelId ?? deleted?.channelId ?? '');
    }
    if (isType(action, operationEchoMissed)) {
      return isFollowed(action.payload.reaction?.channelId ?? '');
    }
    // what the layer lets go of stays here for as long as an answer is cached
    return !isType(action, historyEvicted);
  };

  return {
    messages: () => state,
    reduce(action) {
      if (state.channels.length === 0 && !isAsking()) return;
      if (isType(action, conversationReceived)) receive(action);
      else if (isOurs(action)) state = messagesReducer(state, action);
    },
    follow(channelId, layer) {
      if (isFollowed(channelId)) return;
      const log = findLog(layer, channelId);
      // the slots have moved: a new lineage
      const channels = [
        ...state.channels,
        log === undefined ? createChannelLog(channelId, 0) : adopted(log),
      ];
      state = { ...state, lineage: {}, channels };
    },
    keepOnly(channelIds) {
      const channels = state.channels.filter((log) => channelIds.has(log.channelId));
      if (channels.length === state.channels.length) return;
      state = channels.length === 0 ? empty() : { ...state, lineage: {}, channels };
    },
  };
}
