import type { UnknownAction } from '@reduxjs/toolkit';
import { isType } from '../actions/define';
import {
  uploadCancelRequested,
  uploadDone,
  uploadFailed,
  uploadProgressed,
  uploadRequested,
  uploadRetryRequested,
  uploadStarted,
} from '../actions/outbox';
import type { HudhudErrorCode } from '../errors';
import type { SendOperation } from '../protocol/operations';
import type { OutboxState, Upload } from './outboxState';

type Uploads = readonly Upload[];

function change(uploads: Uploads, uploadId: string, told: Partial<Upload>): Uploads {
  return uploads.map((upload) => (upload.uploadId === uploadId ? { ...upload, ...told } : upload));
}

function is(uploads: Uploads, uploadId: string, ...statuses: readonly Upload['status'][]): boolean {
  return uploads.some((held) => held.uploadId === uploadId && statuses.includes(held.status));
}

/**
 * Files on their way. Their messages are the outbox's business.
 *
 * @internal
 */
export function uploadsReducer(uploads: Uploads, action: UnknownAction): Uploads {
  if (isType(action, uploadRequested)) {
    const { uploadId, name, size, mime, channelId } = action.payload;
    if (uploads.some((held) => held.uploadId === uploadId)) return uploads;
    const told = { uploadId, name, size, mime, channelId };
    return [...uploads, { ...told, status: 'queued', loaded: 0, code: null, file: null }];
  }
  if (isType(action, uploadStarted)) {
    const { uploadId } = action.payload;
    if (!is(uploads, uploadId, 'queued')) return uploads;
    return change(uploads, uploadId, { status: 'uploading', loaded: 0 });
  }
  if (isType(action, uploadProgressed)) {
    const { uploadId, loaded } = action.payload;
    const held = uploads.find((upload) => upload.uploadId === uploadId);
    if (held?.status !== 'uploading' || loaded <= held.loaded) return uploads;
    return change(uploads, uploadId, { loaded: Math.min(loaded, held.size) });
  }
  if (isType(action, uploadDone)) {
    const { uploadId, file } = action.payload;
    if (!is(uploads, uploadId, 'queued', 'uploading')) return uploads;
    const size = uploads.find((held) => held.uploadId === uploadId)?.size ?? 0;
    return change(uploads, uploadId, { status: 'done', loaded: size, file, code: null });
  }
  if (isType(action, uploadFailed)) {
    const { uploadId, code } = action.payload;
    if (!is(uploads, uploadId, 'queued', 'uploading')) return uploads;
    return change(uploads, uploadId, { status: 'failed', code });
  }
  if (isType(action, uploadRetryRequested)) {
    const { uploadId } = action.payload;
    if (!is(uploads, uploadId, 'failed')) return uploads;
    return change(uploads, uploadId, { status: 'queued', loaded: 0, code: null });
  }
  if (isType(action, uploadCancelRequested)) {
    const left = uploads.filter(({ uploadId }) => uploadId !== action.payload.uploadId);
    return left.length === uploads.length ? uploads : left;
  }
  return uploads;
}

/**
 * Why a send cannot go for want of a file; `null`: it goes, or waits. What is not held any more is not waited for, but
 * without any text there is nothing left to send. @internal
 */
export function lostFileOf(
  { uploadIds, content }: SendOperation,
  uploads: Uploads,
): HudhudErrorCode | null {
  const held = uploads.filter(({ uploadId }) => uploadIds.includes(uploadId));
  const failed = held.find(({ status }) => status === 'failed');
  if (failed !== undefined) return failed.code ?? 'ATTACHMENT_LOST';
  const isNothing = uploadIds.length > 0 && held.length === 0 && content.trim() === '';
  return isNothing ? 'ATTACHMENT_LOST' : null;
}

/** Whether a message has taken the upload. @internal */
export function isTaken(state: OutboxState, uploadId: string): boolean {
  return takenIn(state).has(uploadId);
}

function takenIn({ channels }: OutboxState): ReadonlySet<string> {
  return new Set(
    channels.flatMap(({ operations }) =>
      operations.flatMap((held) => (held.kind === 'send' ? held.uploadIds : [])),
    ),
  );
}

/** A file goes with the last send that named it, however that ended: nobody else waits for it. @internal */
export function releaseUploads(before: OutboxState, next: OutboxState): OutboxState {
  if (next.uploads.length === 0 || next.channels === before.channels) return next;
  const was = takenIn(before);
  const still = takenIn(next);
  const uploads = next.uploads.filter(({ uploadId }) => !was.has(uploadId) || still.has(uploadId));
  return uploads.length === next.uploads.length ? next : { ...next, uploads };
}
