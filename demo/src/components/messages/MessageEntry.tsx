import type { MessageRow as Row } from '@hudhud/state';
import { memo } from 'react';
import { MessageRow } from '../message/MessageRow';
import { DaySeparator } from './DaySeparator';
import { GapDivider } from './GapDivider';
import { UnreadLine } from './UnreadLine';

/** A message with what stands between it and the one before: a hole, a new day, or the end of what was read. */
export const MessageEntry = memo(function MessageEntry({ row }: { readonly row: Row }) {
  return (
    <>
      {row.gapBefore === null ? null : <GapDivider gap={row.gapBefore} />}
      {row.startsDay ? <DaySeparator at={row.createdAt} /> : null}
      {row.isFirstUnread ? <UnreadLine /> : null}
      <MessageRow row={row} isGrouped={row.isGrouped} />
    </>
  );
});
