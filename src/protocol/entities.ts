import { normalize, schema } from 'normalizr';
import type { Schema } from 'normalizr';
import { decodeUser } from './decodeUser';
import type { Decoded } from './fault';
import { Fault } from './fault';
import { decodeMember } from './decodeMember';
import { decodeMessage, requireRow } from './decodeMessage';
import type { ChannelFact, MemberFact, MessageFact, UserFact } from './models';
import { isRaw } from './raw';

/**
 * normalizr takes answers apart: people out of messages and members, one row per channel out of several. It sees rows
 * only after they were validated: it crashes on an id like `__proto__` and files a missing one under "undefined".
 *
 * A nested person stands where their id belongs (`userId`), so what is left of a row after normalizing is a fact.
 *
 * @internal
 */
export type MessageTree = Omit<MessageFact, 'userId'> & {
  readonly userId?: UserFact | string | null;
};

/** A membership with the person in place. @internal */
export type MemberTree = Omit<MemberFact, 'userId'> & { readonly userId: UserFact | string };

/** An answer after validation, as a tree. Missing branches are `undefined`. @internal */
export interface EntityTree {
  readonly messages?: readonly MessageTree[] | undefined;
  readonly members?: readonly MemberTree[] | undefined;
  /** Later rows of one channel win over earlier ones, field by field. */
  readonly channels?: readonly ChannelFact[] | undefined;
}

/** The same taken apart, each kind in the order of the answer and without duplicates. @internal */
export interface Entities {
  readonly messages: readonly MessageFact[];
  readonly members: readonly MemberFact[];
  readonly channels: readonly ChannelFact[];
  readonly users: readonly UserFact[];
}

const user = new schema.Entity<UserFact>('users');
const message = new schema.Entity<MessageFact>('messages', { userId: user });
const channel = new schema.Entity<ChannelFact>('channels');
const member = new schema.Entity<MemberFact>(
  'members',
  { userId: user },
  { idAttribute: ({ userId }: MemberTree) => (typeof userId === 'string' ? userId : userId.id) },
);
// Members last: what a member's row says of a person is newer than what an old message says of its author.
const tree: Schema = {
  channels: [channel],
  messages: [message],
  members: [member],
};

interface Tables {
  readonly users?: Readonly<Record<string, UserFact>>;
  readonly messages?: Readonly<Record<string, MessageFact>>;
  readonly members?: Readonly<Record<string, MemberFact>>;
  readonly channels?: Readonly<Record<string, ChannelFact>>;
}

interface Result {
  readonly messages?: readonly string[];
  readonly members?: readonly string[];
  readonly channels?: readonly string[];
}

/**
 * Takes a tree of validated rows apart.
 *
 * @internal
 */
export function toEntities(rows: EntityTree): Entities {
  const { entities, result } = normalize<unknown, Tables, Result>(rows, tree);
  return {
    messages: inOrder(result.messages, entities.messages),
    members: inOrder(result.members, entities.members),
    channels: inOrder(result.channels, entities.channels),
    users: Object.values(entities.users ?? {}),
  };
}

function inOrder<T>(
  ids: readonly string[] = [],
  table: Readonly<Record<string, T>> = {},
): readonly T[] {
  return [...new Set(ids)].flatMap((id) => table[id] ?? []);
}

/** Validates a row of a message list for the tree. @internal */
export function decodeMessageTree(row: unknown): Decoded<MessageTree> {
  const decoded = decodeMessage(row);
  const fact = decoded instanceof Fault ? decoded : requireRow(decoded);
  if (fact instanceof Fault || fact.userId === undefined || fact.userId === null) return fact;
  const nested = isRaw(row) && isRaw(row['user']) ? row['user'] : {};
  const { userId, username, fullName, avatarUrl } = fact;
  const said = { ...nested, user_id: userId, username, full_name: fullName, avatar_url: avatarUrl };
  const author = decodeUser(said);
  if (author instanceof Fault) return author.below('user');
  return Object.keys(author).length > 1 ? { ...fact, userId: author } : fact;
}

/** Validates a row of a member list for the tree. @internal */
export function decodeMemberTree(row: unknown): Decoded<MemberTree> {
  const decoded = decodeMember(row);
  if (decoded instanceof Fault) return decoded;
  const { user: person, ...member } = decoded;
  return person === undefined ? member : { ...member, userId: person };
}
