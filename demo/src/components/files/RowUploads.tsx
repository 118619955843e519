import type { MessageRow } from '@hudhud/state';
import { useUploads } from '@hudhud/state/react';
import { UploadChip } from './UploadChip';

/** Files that a message on its way waits for. */
export function RowUploads({ row }: { readonly row: MessageRow }) {
  const { cancel, retry } = useUploads(row.channelId);
  return (
    <ul className="file-list">
      {row.uploads.map((upload) => (
        <li key={upload.uploadId}>
          <UploadChip upload={upload} onCancel={cancel} onRetry={retry} />
        </li>
      ))}
    </ul>
  );
}
