import {
  channelsReceived,
  membersReceived,
  messageFetched,
  pageReceived,
  snapshotApplied,
} from '../../actions/history';
import type { HudhudAction } from '../../actions/define';
import { isType } from '../../actions/define';
import { countsReceived } from '../../actions/reads';
import {
  channelEventsReceived,
  channelInitialised,
  conversationReceived,
  presenceReceived,
} from '../../actions/stream';
import type { OutboxState } from '../../state/outboxState';
import { operationsOf } from '../../state/outboxState';
import type { PatchTopic } from './patchRule';

/** Topics that an action of the layer touches, but for what it changes in the outbox. @internal */
export function topicsOf(action: HudhudAction): readonly PatchTopic[] {
  if (isType(action, conversationReceived)) {
    const ids = new Set<string>();
    for (const event of action.payload.events) {
      if (event.type === 'typing') continue;
      ids.add((event.type === 'reaction' ? event.channelId : event.message.channelId) ?? '');
    }
    if (ids.size === 0) return [];
    return ['channels', 'unread', ...[...ids].map((id) => `messages:${id}` as const)];
  }
  if (isType(action, pageReceived)) {
    return [`messages:${action.payload.channelId}`, 'channels', 'unread', 'people'];
  }
  if (isType(action, messageFetched)) {
    return [`messages:${action.payload.message.channelId ?? ''}`, 'channels', 'unread'];
  }
  if (isType(action, presenceReceived)) return ['people'];
  if (isType(action, channelsReceived)) return ['channels', 'unread'];
  if (isType(action, countsReceived)) return ['channels', 'unread'];
  if (isType(action, membersReceived)) {
    return [`members:${action.payload.channelId}`, 'people'];
  }
  if (isType(action, channelInitialised)) {
    const { id } = action.payload.event.channel;
    return ['channels', `members:${id}`, 'people'];
  }
  if (isType(action, channelEventsReceived)) {
    const scopes = action.payload.events.map(({ channelId }) => `members:${channelId}` as const);
    return ['channels', 'unread', 'people', ...scopes];
  }
  if (isType(action, snapshotApplied)) {
    const { page, project, currentChannelId } = action.payload;
    return [
      ...(['channels', 'unread', 'people'] as const),
      `members:${project.id}`,
      ...(currentChannelId === null ? [] : ([`members:${currentChannelId}`] as const)),
      ...(page === null ? [] : ([`messages:${page.channelId}`] as const)),
    ];
  }
  return [];
}

/** Channels of which something that is pending has changed. Costs what is pending, not what is held. @internal */
export function pendingTopics(before: OutboxState, after: OutboxState): readonly PatchTopic[] {
  if (before === after) return [];
  const isWhole = before.aliases !== after.aliases || before.uploads !== after.uploads;
  const ids = new Set([...before.channels, ...after.channels].map(({ channelId }) => channelId));
  const changed = [...ids].filter(
    (channelId) => isWhole || operationsOf(before, channelId) !== operationsOf(after, channelId),
  );
  return changed.flatMap((channelId) => [`messages:${channelId}` as const, 'channels', 'unread']);
}
