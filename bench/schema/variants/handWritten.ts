import { isCount, isFlag, isText, isTime } from '../../../src/protocol/fields';
import { isId } from '../../../src/protocol/ids';
import type { MessageFact } from '../../../src/protocol/models';
import type { MessageCandidate } from '../../../src/protocol/pickMessage';
import { isRaw } from '../../../src/protocol/raw';

type Test = (value: unknown) => boolean;

const absentOr = (value: unknown, test: Test): boolean => value === undefined || test(value);
const noneOr = (value: unknown, test: Test): boolean => value == null || test(value);

function isMessage(message: MessageCandidate): message is MessageFact {
  return (
    isId(message.id) &&
    absentOr(message.channelId, isId) &&
    noneOr(message.userId, isId) &&
    noneOr(message.username, isText) &&
    noneOr(message.fullName, isText) &&
    noneOr(message.avatarUrl, isText) &&
    noneOr(message.parentId, isId) &&
    absentOr(message.type, isText) &&
    absentOr(message.content, isText) &&
    absentOr(message.createdAt, isTime) &&
    noneOr(message.editedAt, isTime) &&
    noneOr(message.updatedAt, isTime) &&
    noneOr(message.deletedAt, isTime) &&
    absentOr(message.threadCount, isCount) &&
    absentOr(message.reactions, Array.isArray) &&
    absentOr(message.files, Array.isArray) &&
    absentOr(message.metadata, isRaw) &&
    noneOr(message.fromAgent, isText) &&
    absentOr(message.isRead, isFlag)
  );
}

/** The floor: predicates by hand, no word on what is wrong. */
export function decode(candidate: MessageCandidate): unknown {
  return isMessage(candidate) ? candidate : null;
}
