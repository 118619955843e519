import type { UnknownAction } from '@reduxjs/toolkit';
import { isType } from '../actions/define';
import {
  deleteRequested,
  discardRequested,
  editRequested,
  operationRetryRequested,
  reactRequested,
  sendRequested,
} from '../actions/outbox';
import type { HudhudErrorCode } from '../errors';
import type { EpochMs } from '../protocol/models';
import type { Operation } from '../protocol/operations';
import type { HudhudSelectors } from '../selectors/createSelectors';
import type { HudhudRootState } from '../selectors/root';
import type { MessageRow } from '../selectors/row';
import { findOperation } from '../state/outboxState';
import { mayBecome } from '../state/operationStatus';
import { isTaken } from '../state/uploads';

/** What a wish is checked against. @internal */
export interface WishRules {
  readonly selectors: HudhudSelectors;
  readonly maxMessageLength: number;
}

interface Refused {
  readonly opId: string;
  readonly code: HudhudErrorCode;
}

/** What failed, and what waits for a moment. */
function mayBeTried({ status, notBefore }: Operation, at: EpochMs): boolean {
  return status === 'failed' || (status === 'queued' && notBefore !== null && notBefore > at);
}

type Right = 'canEdit' | 'canDelete' | 'canReact';

/**
 * Finds out whether a wish can be fulfilled as things stand; `null` if so. What a server would refuse for certain is not
 * shown first and taken back later.
 *
 * @internal
 */
export function refusalOf(
  { selectors, maxMessageLength }: WishRules,
  root: HudhudRootState,
  action: UnknownAction,
): Refused | null {
  const refuse = (opId: string, code: HudhudErrorCode | null): Refused | null =>
    code === null ? null : { opId, code };
  const ofText = (content: string, hasFiles: boolean): HudhudErrorCode | null => {
    if (content.trim() === '' && !hasFiles) return 'EMPTY_MESSAGE';
    return content.length > maxMessageLength ? 'MESSAGE_TOO_LONG' : null;
  };
  const ofFiles = (uploadIds: readonly string[]): HudhudErrorCode | null => {
    const { outbox } = selectors.selectHudhud(root);
    const isFree = (id: string): boolean =>
      outbox.uploads.some(({ uploadId }) => uploadId === id) && !isTaken(outbox, id);
    return uploadIds.every(isFree) ? null : 'ATTACHMENT_LOST';
  };
  const ofNothing = (channelId: string, id: string, row: MessageRow | null): HudhudErrorCode => {
    const { isDeleted } = row ?? selectors.selectMessage(root, channelId, id) ?? {};
    return isDeleted === true ? 'MESSAGE_DELETED' : 'MESSAGE_UNKNOWN';
  };
  const ofTarget = (channelId: string, target: string, right: Right): HudhudErrorCode | null => {
    const row = selectors.selectRow(root, channelId, target);
    if (row === null || row.isDeleted) return ofNothing(channelId, target, row);
    return row[right] ? null : 'NOT_YOURS';
  };
  // rights are not asked: who is signed in need not be known yet
  const ofParent = (channelId: string, parentId: string | null): HudhudErrorCode | null => {
    if (parentId === null) return null;
    const row = selectors.selectRow(root, channelId, parentId);
    if (row === null || row.isDeleted) return ofNothing(channelId, parentId, row);
    return row.id !== null && row.parentId === null ? null : 'MESSAGE_UNKNOWN';
  };
  const ofOperation = (opId: string, isFit: (held: Operation) => boolean) => {
    const held = findOperation(selectors.selectHudhud(root).outbox, opId);
    return held !== undefined && isFit(held) ? null : 'OPERATION_UNKNOWN';
  };

  if (isType(action, sendRequested)) {
    const { opId, channelId, parentId, content, uploadIds } = action.payload;
    const ofPlace = ofParent(channelId, parentId);
    return refuse(opId, ofPlace ?? ofText(content, uploadIds.length > 0) ?? ofFiles(uploadIds));
  }
  if (isType(action, editRequested)) {
    const { opId, channelId, target, content } = action.payload;
    return refuse(opId, ofTarget(channelId, target, 'canEdit') ?? ofText(content, false));
  }
  if (isType(action, deleteRequested)) {
    const { opId, channelId, target } = action.payload;
    return refuse(opId, ofTarget(channelId, target, 'canDelete'));
  }
  if (isType(action, reactRequested)) {
    const { opId, channelId, target, emoji } = action.payload;
    const ofEmoji = emoji.trim() === '' ? 'REQUEST_REJECTED' : null;
    return refuse(opId, ofTarget(channelId, target, 'canReact') ?? ofEmoji);
  }
  if (isType(action, operationRetryRequested)) {
    const { opId, at } = action.payload;
    return refuse(
      opId,
      ofOperation(opId, (held) => mayBeTried(held, at)),
    );
  }
  if (isType(action, discardRequested)) {
    const { opId } = action.payload;
    return refuse(
      opId,
      ofOperation(opId, (held) => mayBecome(held, 'discarded')),
    );
  }
  return null;
}
