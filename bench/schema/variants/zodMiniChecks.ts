import * as z from 'zod/mini';
import { isCount, isFlag, isText, isTime } from '../../../src/protocol/fields';
import { isId } from '../../../src/protocol/ids';
import type { MessageCandidate } from '../../../src/protocol/pickMessage';
import { isRaw } from '../../../src/protocol/raw';

z.config({ jitless: true });

type Test = (value: unknown) => boolean;

const absentOr = (value: unknown, test: Test): boolean => value === undefined || test(value);
const noneOr = (value: unknown, test: Test): boolean => value == null || test(value);

const checks: Record<keyof MessageCandidate, (message: MessageCandidate) => boolean> = {
  id: (message) => isId(message.id),
  channelId: (message) => absentOr(message.channelId, isId),
  userId: (message) => noneOr(message.userId, isId),
  username: (message) => noneOr(message.username, isText),
  fullName: (message) => noneOr(message.fullName, isText),
  avatarUrl: (message) => noneOr(message.avatarUrl, isText),
  parentId: (message) => noneOr(message.parentId, isId),
  type: (message) => absentOr(message.type, isText),
  content: (message) => absentOr(message.content, isText),
  createdAt: (message) => absentOr(message.createdAt, isTime),
  editedAt: (message) => noneOr(message.editedAt, isTime),
  updatedAt: (message) => noneOr(message.updatedAt, isTime),
  deletedAt: (message) => noneOr(message.deletedAt, isTime),
  threadCount: (message) => absentOr(message.threadCount, isCount),
  reactions: (message) => absentOr(message.reactions, Array.isArray),
  files: (message) => absentOr(message.files, Array.isArray),
  metadata: (message) => absentOr(message.metadata, isRaw),
  fromAgent: (message) => noneOr(message.fromAgent, isText),
  isRead: (message) => absentOr(message.isRead, isFlag),
};

const message = z
  .custom<MessageCandidate>(isRaw)
  .check(
    ...Object.entries(checks).map(([field, test]) =>
      z.refine<MessageCandidate>(test, { path: [field] }),
    ),
  );

/** The shape that the package uses, in zod. */
export function decode(candidate: MessageCandidate): unknown {
  const result = message.safeParse(candidate);
  return result.success ? result.data : null;
}
