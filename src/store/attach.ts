import type { Action } from '@reduxjs/toolkit';
import { uploadRequested } from '../actions/outbox';
import { HudhudError } from '../errors';
import type { Platform } from '../platform/platform';
import { makeUuid } from '../platform/uuid';
import type { UploadRef } from '../protocol/operations';

/**
 * Starts to upload a file for a channel. `name` is for a `Blob`, which has none; a `File` has its own. Default `'file'`.
 *
 * @public
 */
export type Attach = (channelId: string, file: Blob, name?: string) => UploadRef;

interface AttachParts {
  readonly instance: string;
  readonly platform: Pick<Platform, 'clock' | 'random'>;
  readonly maxUploadBytes: number;
  readonly blobs: Map<string, Blob>;
  readonly store: () => { readonly dispatch: (action: Action) => unknown };
}

/** A `File` is a `Blob` with a name; not every environment has the class to ask. */
function nameOf(file: Blob & { readonly name?: unknown }): string {
  return typeof file.name === 'string' && file.name !== '' ? file.name : 'file';
}

/** @internal */
export function createAttach(parts: AttachParts): Attach {
  const { instance, platform, maxUploadBytes, blobs } = parts;
  return (channelId, file, name = nameOf(file)) => {
    const { size, type } = file;
    if (size > maxUploadBytes) {
      throw new HudhudError(
        'UPLOAD_TOO_LARGE',
        `A file may have ${maxUploadBytes} bytes; this one has ${size}. Say so before it is chosen, or raise maxUploadBytes.`,
        { field: 'file' },
      );
    }
    const store = parts.store();
    const mime = type === '' ? 'application/octet-stream' : type;
    const ref: UploadRef = { uploadId: makeUuid(platform.random), name, size, mime };
    // before the action: what answers it needs the bytes
    blobs.set(ref.uploadId, file);
    store.dispatch(uploadRequested({ ...ref, channelId, at: platform.clock.now() }, instance));
    return ref;
  };
}
