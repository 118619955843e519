import type { Upload } from '@hudhud/state';
import { useStrings } from '../../i18n/language';
import { UploadChip } from '../files/UploadChip';

interface AttachmentTrayProps {
  readonly uploads: readonly Upload[];
  readonly onCancel: (uploadId: string) => void;
  readonly onRetry: (uploadId: string) => void;
}

/** Files that go along with what is being written. They are on their way already. */
export function AttachmentTray({ uploads, onCancel, onRetry }: AttachmentTrayProps) {
  const { composer } = useStrings();
  if (uploads.length === 0) return null;
  return (
    <ul className="file-list attachment-tray" aria-label={composer.attachments}>
      {uploads.map((upload) => (
        <li key={upload.uploadId}>
          <UploadChip upload={upload} onCancel={onCancel} onRetry={onRetry} />
        </li>
      ))}
    </ul>
  );
}
