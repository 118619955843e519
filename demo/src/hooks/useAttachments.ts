import type { HudhudErrorCode, Upload } from '@hudhud/state';
import { isHudhudError } from '@hudhud/state';
import { useUploads } from '@hudhud/state/react';
import { useState } from 'react';
import { filesAttached } from '../app/drafts';
import { useAppDispatch } from '../app/hooks';
import { rememberPreview } from '../app/previews';

export interface Attachments {
  readonly uploads: readonly Upload[];
  readonly attachAll: (files: Iterable<File>) => void;
  /** A file that was not taken at all. */
  readonly refused: { readonly name: string; readonly code: HudhudErrorCode } | null;
  readonly forgetRefused: () => void;
  readonly cancel: (uploadId: string) => void;
  readonly retry: (uploadId: string) => void;
}

/** Files of one draft: the layer knows those of the whole channel. */
export function useAttachments(
  channelId: string,
  draftKey: string,
  uploadIds: readonly string[],
): Attachments {
  const dispatch = useAppDispatch();
  const { uploads, attach, cancel, retry } = useUploads(channelId);
  const [refused, setRefused] = useState<Attachments['refused']>(null);
  const attachOne = (file: File): string | null => {
    try {
      const { uploadId } = attach(file);
      rememberPreview(uploadId, file);
      return uploadId;
    } catch (error) {
      setRefused({ name: file.name, code: isHudhudError(error) ? error.code : 'ABORTED' });
      return null;
    }
  };
  return {
    uploads: uploads.filter(({ uploadId }) => uploadIds.includes(uploadId)),
    attachAll(files) {
      setRefused(null);
      const taken = [...files].map(attachOne).filter((id) => id !== null);
      if (taken.length > 0) dispatch(filesAttached({ key: draftKey, uploadIds: taken }));
    },
    refused,
    forgetRefused() {
      setRefused(null);
    },
    cancel,
    retry,
  };
}
