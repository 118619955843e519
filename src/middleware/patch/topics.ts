import type { MessagesState } from '../../state/messagesState';
import type { OutboxState } from '../../state/outboxState';
import { operationsOf } from '../../state/outboxState';
import type { HudhudState } from '../../state/rootReducer';
import type { PatchTopic } from './patchRule';

/** What of the layer answers are made of. @internal */
export type PatchedState = Pick<
  HudhudState,
  'connection' | 'messages' | 'channels' | 'members' | 'users' | 'presence' | 'reads' | 'outbox'
>;

/** Stands for the messages of every channel. @internal */
export const everyChannel: PatchTopic = 'messages:';

/** Names of what is not the same in two lists, or not at the same place; the same lists cost nothing. */
function changedIn<T extends object>(
  before: readonly T[],
  after: readonly T[],
  nameOf: (one: T) => string,
): readonly string[] {
  if (before === after) return [];
  const names = new Set<string>();
  for (let i = 0; i < Math.max(before.length, after.length); i++) {
    const [was, is] = [before[i], after[i]];
    if (was === is) continue;
    if (was !== undefined) names.add(nameOf(was));
    if (is !== undefined) names.add(nameOf(is));
  }
  return [...names];
}

const channelOf = ({ channelId }: { readonly channelId: string }): string => channelId;

function messageTopics(before: MessagesState, after: MessagesState): readonly PatchTopic[] {
  if (before === after) return [];
  // what came without its channel, and what is left of a channel that was let go, may be about any message
  const isAnywhere = before.homeless !== after.homeless || before.forgotten !== after.forgotten;
  const ids = isAnywhere ? [''] : changedIn(before.channels, after.channels, channelOf);
  return ids.map((id) => `messages:${id}` as const);
}

/** Channels of which something that is pending has changed. Costs what is pending, not what is held. */
function pendingTopics(before: OutboxState, after: OutboxState): readonly PatchTopic[] {
  if (before === after) return [];
  // an alias that is let go may be of a message in any channel
  if (before.aliases.length > 0 && before.aliases[0] !== after.aliases[0]) return [everyChannel];
  const isWhole = before.aliases !== after.aliases || before.uploads !== after.uploads;
  const ids = new Set([...before.channels, ...after.channels].map(channelOf));
  const changed = [...ids].filter(
    (id) => isWhole || operationsOf(before, id) !== operationsOf(after, id),
  );
  return changed.map((id) => `messages:${id}` as const);
}

/**
 * Topics of which something has changed from one state to another. The states are compared, not the actions read: a
 * reply that comes after its wish was settled, what an earlier visit kept, a name that was learned elsewhere change
 * answers too. Costs one comparison for what is the same.
 *
 * @internal
 */
export function changedTopics(before: PatchedState, after: PatchedState): readonly PatchTopic[] {
  const isSame = (...names: readonly (keyof PatchedState)[]): boolean =>
    names.every((name) => before[name] === after[name]);
  const messages = [
    ...messageTopics(before.messages, after.messages),
    ...pendingTopics(before.outbox, after.outbox),
    // the line above what is unread stands in rows
    ...changedIn(before.reads.channels, after.reads.channels, channelOf).map(
      (id) => `messages:${id}` as const,
    ),
    // who wrote a message stands in its row
    ...(isSame('users') ? [] : [everyChannel]),
  ];
  const members = changedIn(before.members, after.members, ({ scopeId }) => scopeId);
  const counts: readonly PatchTopic[] = ['channels', 'unread'];
  const isCounted =
    isSame('messages', 'outbox', 'channels', 'reads', 'users') &&
    before.connection.viewer === after.connection.viewer &&
    before.connection.covered === after.connection.covered;
  return [
    ...new Set<PatchTopic>([
      ...messages,
      ...(isCounted ? [] : counts),
      ...(isSame('users', 'presence') ? [] : (['people'] as const)),
      ...members.map((id) => `members:${id}` as const),
    ]),
  ];
}
