import type { FileRef, MessageFact, Reaction } from '../../protocol/models';
import type { Raw } from '../../protocol/raw';
import type { MessageRow, RowReaction } from '../../selectors/row';
import { equalJson } from '../../state/equalJson';
import type { Spellings } from './spelling';
import { spelledIn } from './spelling';
import { wireTime } from './wireTime';

/**
 * Writes a row as the backend would send it. Of an answer's own row only what really differs is changed: its spelling,
 * its microseconds and everything that this package knows nothing of stay as they came.
 */

function wireReaction({ emoji, count, users, isMine }: RowReaction): Raw {
  return {
    emoji,
    count,
    users: users.map(({ userId, username, at }) => ({ userId, username, createdAt: wireTime(at) })),
    has_reacted: isMine,
  };
}

function wireFile({ id, name, mime, size, url, thumbnailUrl }: FileRef): Raw {
  return { id, name, type: mime, size, url, mimetype: mime, thumbnail_url: thumbnailUrl };
}

function hasReactions(shown: readonly RowReaction[], said: readonly Reaction[] = []): boolean {
  if (shown.length !== said.length) return false;
  return shown.every(({ emoji, count, users, isMine }, i) => {
    const told = said[i];
    if (told?.emoji !== emoji || told.count !== count) return false;
    const isSame = (told.mine ?? isMine) === isMine;
    return isSame && equalJson(users, told.users);
  });
}

/** What of a row may change, by its names on the wire, the usual one first. */
interface Field {
  readonly names: Spellings;
  readonly value: (row: MessageRow) => unknown;
  /** Whether an answer's row says the same already. */
  readonly isSaid: (row: MessageRow, fact: MessageFact) => boolean;
}

const fields: readonly Field[] = [
  {
    names: ['content', 'message'],
    value: ({ content }) => content,
    isSaid: ({ content }, fact) => content === (fact.content ?? ''),
  },
  {
    names: ['edited_at', 'editedAt'],
    value: ({ editedAt }) => wireTime(editedAt),
    isSaid: ({ editedAt }, fact) => editedAt === (fact.editedAt ?? null),
  },
  {
    names: ['deleted_at', 'deletedAt'],
    // where nobody said when, at least it was not before it was written; of 0 nothing at all is known
    value: ({ deletedAt, createdAt, isDeleted }) =>
      isDeleted ? wireTime(deletedAt ?? (createdAt || null)) : null,
    isSaid: ({ isDeleted }, fact) => isDeleted === (typeof fact.deletedAt === 'number'),
  },
  {
    names: ['thread_count', 'threadCount'],
    value: ({ threadCount }) => threadCount,
    isSaid: ({ threadCount }, fact) => threadCount === (fact.threadCount ?? 0),
  },
  {
    names: ['reactions'],
    value: ({ reactions }) => reactions.map(wireReaction),
    isSaid: ({ reactions }, fact) => hasReactions(reactions, fact.reactions),
  },
  {
    names: ['files', 'attachments'],
    value: ({ files }) => files.map(wireFile),
    isSaid: ({ files }, fact) => equalJson(files, fact.files ?? []),
  },
  {
    names: ['metadata'],
    value: ({ metadata }) => metadata,
    isSaid: ({ metadata }, fact) => equalJson(metadata, fact.metadata ?? {}),
  },
];

const flags = ['is_edited', 'isEdited'];

/** The key of the send that a row comes from (L11), and what is pending on it. */
function withStatus(row: Raw, { clientId, status, isEdited }: MessageRow): Raw {
  const flag = flags.find((name) => typeof row[name] === 'boolean' && row[name] !== isEdited);
  if (flag === undefined && clientId === null && status === 'confirmed') return row;
  return {
    ...row,
    ...(flag === undefined ? {} : { [flag]: isEdited }),
    ...(clientId === null ? {} : { client_id: clientId }),
    ...(status === 'confirmed' ? {} : { status }),
  };
}

/** A row of which the answer has none. @internal */
export function newWireRow(row: MessageRow): Raw {
  const { author } = row;
  const made: Raw = {
    message_id: row.id ?? row.key,
    channel_id: row.channelId,
    user_id: row.authorId,
    username: author?.username ?? null,
    full_name: author?.fullName ?? null,
    avatar_url: author?.avatarUrl ?? null,
    from_agent: row.fromAgent,
    type: row.type,
    parent_message_id: row.parentId,
    created_at: wireTime(row.createdAt),
    is_edited: row.isEdited,
    ...Object.fromEntries(fields.map(({ names: [name], value }) => [name, value(row)])),
  };
  return withStatus(made, row);
}

/** An answer's own row with what is known now; itself where that is no news. @internal */
export function changedWireRow(held: Raw, fact: MessageFact, row: MessageRow): Raw {
  let changed: Record<string, unknown> | null = null;
  for (const { names, value, isSaid } of fields) {
    if (isSaid(row, fact)) continue;
    changed ??= { ...held };
    changed[spelledIn(held, names)] = value(row);
  }
  const isPlain = row.clientId === null && row.status === 'confirmed';
  if (changed === null && isPlain) return held;
  return withStatus(changed ?? held, row);
}
