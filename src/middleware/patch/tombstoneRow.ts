import { latestOf } from '../../protocol/extremes';
import type { MessageFact } from '../../protocol/models';
import { namesOf } from '../../selectors/aliases';
import { confirmedRow } from '../../selectors/confirmedRow';
import type { MessageRow } from '../../selectors/row';
import { viewerIn } from '../../selectors/viewer';
import { createRecord, deleteRecord } from '../../state/mergeMessage';
import type { MessageRecord } from '../../state/messageRecord';
import { isKnownDeleted } from '../../state/messagesState';
import type { PatchReader } from './patchRule';

const alone = { startsDay: false, isGrouped: false, gapBefore: null, isFirstUnread: false };

/** What is left of a message of which nothing is held: it was too little to be placed, or it was let go. */
function emptied(channelId: string, fact: MessageFact): MessageRecord {
  const { createdAt, editedAt, updatedAt } = fact;
  const at = createdAt ?? Math.max(0, latestOf([editedAt ?? 0, updatedAt ?? 0]));
  const said = { rank: 'row', o: 0, renews: false, at } as const;
  return deleteRecord(createRecord(channelId, fact, said), null);
}

/**
 * The row of a message that is known to be deleted and shown nowhere; `null` where it is not. A host's answer about this
 * one message still has it.
 *
 * @internal
 */
export function tombstoneRow(
  { root, selectors }: PatchReader,
  channelId: string,
  fact: MessageFact,
): MessageRow | null {
  const state = selectors.selectHudhud(root);
  if (!isKnownDeleted(state.messages, channelId, fact.id)) return null;
  const record = selectors.selectMessage(root, channelId, fact.id) ?? emptied(channelId, fact);
  const { userId } = record;
  return confirmedRow(record, {
    viewer: viewerIn(state, channelId, undefined),
    author: userId === null ? null : selectors.selectUser(root, userId),
    clientId: namesOf(state.outbox.aliases).clientIds.get(fact.id) ?? null,
    seam: alone,
  });
}
