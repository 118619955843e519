import type { Gap, MessageRecord } from '@hudhud/state';
import { memo } from 'react';
import { daysBetween } from '../../i18n/formats';
import { DaySeparator } from './DaySeparator';
import { GapDivider } from './GapDivider';
import { MessageRow } from './MessageRow';

interface MessageEntryProps {
  readonly message: MessageRecord;
  readonly previous: MessageRecord | null;
  readonly gaps: readonly Gap[];
}

/** Messages of one author this close together stand as one. */
const groupMs = 5 * 60_000;

function isSameAuthor(a: MessageRecord, b: MessageRecord): boolean {
  return a.userId === b.userId && a.fromAgent === b.fromAgent && a.type === b.type;
}

/** A message with what stands between it and the one before: a new day, a hole, or a new author. */
export const MessageEntry = memo(function MessageEntry(props: MessageEntryProps) {
  const { message, previous, gaps } = props;
  const at = message.createdAt;
  const startsDay = previous === null || daysBetween(previous.createdAt, at) > 0;
  const followsGap =
    previous !== null &&
    gaps.some(({ after, before }) => previous.createdAt <= after && before <= at);
  const startsGroup =
    startsDay ||
    followsGap ||
    previous.isDeleted ||
    !isSameAuthor(previous, message) ||
    at - previous.createdAt > groupMs;
  return (
    <>
      {followsGap ? <GapDivider channelId={message.channelId} /> : null}
      {startsDay ? <DaySeparator at={at} /> : null}
      <MessageRow message={message} startsGroup={startsGroup} />
    </>
  );
});
