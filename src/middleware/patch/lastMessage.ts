import type { MessagePreview } from '../../protocol/models';
import { isRaw } from '../../protocol/raw';
import type { Raw } from '../../protocol/raw';
import type { PatchReader } from './patchRule';
import type { Spellings } from './spelling';
import { spelledIn } from './spelling';
import { wireTime } from './wireTime';

/** The last message of a channel with who wrote it. */
interface Shown extends MessagePreview {
  readonly fromAgent: string | null;
}

const nestedNames: Spellings = ['last_message', 'lastMessage'];

/** As columns beside the channel's own; an agent's name stands where a person's id does (wire contract 2.9). */
const columns: Readonly<Record<string, (shown: Shown) => unknown>> = {
  last_message_id: ({ id }) => id,
  last_message_content: ({ content }) => content,
  last_message_from: ({ userId, fromAgent }) => userId ?? fromAgent,
  last_message_username: ({ username }) => username,
  last_message_created_at: ({ createdAt }) => wireTime(createdAt),
  last_message_at: ({ createdAt }) => wireTime(createdAt),
};

const parts: readonly (readonly [Spellings, (shown: Shown) => unknown])[] = [
  [['message_id', 'messageId', 'id'], ({ id }) => id],
  [['content'], ({ content }) => content],
  [['user_id', 'userId'], ({ userId }) => userId],
  [['username'], ({ username }) => username],
  [['created_at', 'createdAt'], ({ createdAt }) => wireTime(createdAt)],
];
const agent: Spellings = ['from_agent', 'fromAgent'];

function nestedOf(held: Raw, shown: Shown): Raw {
  const { fromAgent } = shown;
  const name = spelledIn(held, agent);
  return {
    ...Object.fromEntries(parts.map(([names, value]) => [spelledIn(held, names), value(shown)])),
    ...(fromAgent !== null || Object.hasOwn(held, name) ? { [name]: fromAgent } : {}),
  };
}

function columnsOf(shown: Shown | null): Raw {
  const all = Object.entries(columns);
  return Object.fromEntries(all.map(([name, value]) => [name, shown && value(shown)]));
}

function shownOf({ root, selectors }: PatchReader, channelId: string): Shown | null {
  const preview = selectors.selectChannelPreview(root, channelId);
  if (preview === null) return null;
  const { id, userId } = preview;
  const author = userId === null ? null : selectors.selectUser(root, userId);
  return {
    ...preview,
    username: preview.username ?? author?.username ?? null,
    fromAgent: selectors.selectMessage(root, channelId, id)?.fromAgent ?? null,
  };
}

/**
 * A channel's row with its last message, where the row has it: as an object, as columns, or as both. Of the same message
 * an edit says the text and nothing else; another one brings nothing of the one before along.
 *
 * @internal
 * @param said - The last message as the row has it.
 */
export function withLastMessage(
  row: Raw,
  said: MessagePreview | null,
  reader: PatchReader,
  channelId: string,
): Raw {
  const preview = reader.selectors.selectChannelPreview(reader.root, channelId);
  const isSame = said?.id === preview?.id;
  if (isSame && said?.content === preview?.content) return row;
  const shown = shownOf(reader, channelId);
  const name = spelledIn(row, nestedNames);
  const nested = row[name];
  const hasColumns = Object.keys(columns).some((column) => Object.hasOwn(row, column));
  const next: Record<string, unknown> = { ...row };
  if (isRaw(nested)) {
    if (shown === null) next[name] = null;
    else next[name] = isSame ? { ...nested, content: shown.content } : nestedOf(nested, shown);
  } else if (Object.hasOwn(row, name) && !hasColumns) {
    next[name] = shown && nestedOf({}, shown);
  }
  if (hasColumns || !isRaw(nested)) {
    if (isSame && shown !== null) next['last_message_content'] = shown.content;
    else Object.assign(next, columnsOf(shown));
  }
  return next;
}
