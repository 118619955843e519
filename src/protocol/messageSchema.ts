import * as v from 'valibot';
import { isCount, isFlag, isText, isTime } from './fields';
import { isId } from './ids';
import type { MessageFact } from './models';
import { isRaw } from './raw';
import type { Schema } from './validate';

type Test = (value: unknown) => boolean;

const unlessAbsent = (value: unknown, test: Test): boolean => value === undefined || test(value);
const unlessNone = (value: unknown, test: Test): boolean => value == null || test(value);

/** One check per field; the type sees to it that none is forgotten. */
const checks: Record<keyof MessageFact, (message: MessageFact) => boolean> = {
  id: (message) => isId(message.id),
  channelId: (message) => unlessAbsent(message.channelId, isId),
  userId: (message) => unlessNone(message.userId, isId),
  username: (message) => unlessNone(message.username, isText),
  fullName: (message) => unlessNone(message.fullName, isText),
  avatarUrl: (message) => unlessNone(message.avatarUrl, isText),
  parentId: (message) => unlessNone(message.parentId, isId),
  type: (message) => unlessAbsent(message.type, isText),
  content: (message) => unlessAbsent(message.content, isText),
  createdAt: (message) => unlessAbsent(message.createdAt, isTime),
  editedAt: (message) => unlessNone(message.editedAt, isTime),
  updatedAt: (message) => unlessNone(message.updatedAt, isTime),
  deletedAt: (message) => unlessNone(message.deletedAt, isTime),
  threadCount: (message) => unlessAbsent(message.threadCount, isCount),
  reactions: (message) => unlessAbsent(message.reactions, Array.isArray),
  files: (message) => unlessAbsent(message.files, Array.isArray),
  metadata: (message) => unlessAbsent(message.metadata, isRaw),
  fromAgent: (message) => unlessNone(message.fromAgent, isText),
  isRead: (message) => unlessAbsent(message.isRead, isFlag),
};

/**
 * Messages are the bulk of the stream, so their schema is a pipe of checks over the candidate instead of `v.object`,
 * which builds a second object key by key and costs four times as much (docs/decisions/0001). The type is claimed
 * first and earned by the checks; a check's message is the name of its field.
 *
 * @internal
 */
export const messageSchema: Schema<MessageFact> = v.pipe(
  v.custom<MessageFact>(isRaw),
  ...Object.entries(checks).map(([field, test]) => v.check(test, field)),
);
