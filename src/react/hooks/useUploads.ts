import { useMemo } from 'react';
import { useDispatch } from 'react-redux';
import type { UploadRef } from '../../protocol/operations';
import type { Upload } from '../../state/outboxState';
import { useHudhud } from '../RealtimeContext';
import { useHudhudSelector } from './useHudhudSelector';

/** Files that wait to be sent with a message. @public */
export interface Uploads {
  /** Those that no message has taken yet, with bytes done of total. */
  readonly uploads: readonly Upload[];
  /**
   * Starts to upload a file at once.
   *
   * @throws HudhudError `UPLOAD_TOO_LARGE`.
   */
  readonly attach: (file: Blob, name?: string) => UploadRef;
  readonly cancel: (uploadId: string) => void;
  readonly retry: (uploadId: string) => void;
}

/**
 * Attaches files to the message that is being written. Give their `uploadId`s to `useSendMessage`: the message waits for
 * what is not done yet, and fails with what failed, until it is retried.
 *
 * @public
 * @example
 * ```tsx
 * const { uploads, attach } = useUploads(channelId);
 * send(text, { uploadIds: uploads.map(({ uploadId }) => uploadId) });
 * ```
 */
export function useUploads(channelId: string): Uploads {
  const { actions, attach } = useHudhud();
  const dispatch = useDispatch();
  const uploads = useHudhudSelector((selectors, root) => selectors.selectUploads(root, channelId));
  const controls = useMemo(
    () => ({
      attach: (file: Blob, name?: string) => attach(channelId, file, name),
      cancel: (uploadId: string) => void dispatch(actions.cancelUpload({ uploadId })),
      retry: (uploadId: string) => void dispatch(actions.retryUpload({ uploadId })),
    }),
    [actions, attach, dispatch, channelId],
  );
  return { uploads, ...controls };
}
