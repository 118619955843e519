import * as s from 'superstruct';
import { isCount } from '../../../src/protocol/fields';
import { isId } from '../../../src/protocol/ids';
import type { MessageCandidate } from '../../../src/protocol/pickMessage';

const id = s.define<string>('id', isId);
const text = s.optional(s.string());
const textOrNull = s.optional(s.nullable(s.string()));
const timeOrNull = s.optional(s.nullable(s.number()));
const list = s.optional(s.array(s.any()));

const message = s.object({
  id,
  channelId: s.optional(id),
  userId: s.optional(s.nullable(id)),
  username: textOrNull,
  fullName: textOrNull,
  avatarUrl: textOrNull,
  parentId: s.optional(s.nullable(id)),
  type: text,
  content: text,
  createdAt: s.optional(s.number()),
  editedAt: timeOrNull,
  updatedAt: timeOrNull,
  deletedAt: timeOrNull,
  threadCount: s.optional(s.define<number>('count', isCount)),
  reactions: list,
  files: list,
  metadata: s.optional(s.record(s.string(), s.any())),
  fromAgent: textOrNull,
  isRead: s.optional(s.boolean()),
});

/** The way of superstruct's own guide. */
export function decode(candidate: MessageCandidate): unknown {
  const [error, value] = s.validate(candidate, message);
  return error === undefined ? value : null;
}
