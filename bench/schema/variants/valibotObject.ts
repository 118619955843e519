import * as v from 'valibot';
import { isId } from '../../../src/protocol/ids';
import type { MessageCandidate } from '../../../src/protocol/pickMessage';

const id = v.custom<string>(isId);
const text = v.exactOptional(v.string());
const textOrNull = v.exactOptional(v.nullable(v.string()));
const timeOrNull = v.exactOptional(v.nullable(v.number()));
const list = v.exactOptional(v.array(v.any()));

const message = v.object({
  id,
  channelId: v.exactOptional(id),
  userId: v.exactOptional(v.nullable(id)),
  username: textOrNull,
  fullName: textOrNull,
  avatarUrl: textOrNull,
  parentId: v.exactOptional(v.nullable(id)),
  type: text,
  content: text,
  createdAt: v.exactOptional(v.number()),
  editedAt: timeOrNull,
  updatedAt: timeOrNull,
  deletedAt: timeOrNull,
  threadCount: v.exactOptional(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
  reactions: list,
  files: list,
  metadata: v.exactOptional(v.record(v.string(), v.any())),
  fromAgent: textOrNull,
  isRead: v.exactOptional(v.boolean()),
});

/** The way of valibot's own guide. */
export function decode(candidate: MessageCandidate): unknown {
  const result = v.safeParse(message, candidate, { abortEarly: true });
  return result.success ? result.output : null;
}
