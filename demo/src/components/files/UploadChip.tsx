import type { RowUpload } from '@hudhud/state';
import { maxUploadBytes } from '../../app/limits';
import { previewOf } from '../../app/previews';
import { useFormats, useStrings } from '../../i18n/language';
import { Icon } from '../basics/Icon';
import './files.css';

interface UploadChipProps {
  readonly upload: RowUpload;
  readonly onCancel: (uploadId: string) => void;
  readonly onRetry: (uploadId: string) => void;
}

/** How far it is, in words. */
function useNote({ status, loaded, size, code }: RowUpload): string {
  const { upload: words } = useStrings();
  const formats = useFormats();
  switch (status) {
    case 'queued':
      return words.waiting;
    case 'uploading':
      return words.progress(formats.bytes(loaded), formats.bytes(size));
    case 'done':
      return formats.bytes(size);
    case 'failed':
      return words.failed(code, formats.bytes(maxUploadBytes));
  }
}

function Face({ upload }: { readonly upload: RowUpload }) {
  const picture = previewOf(upload.uploadId);
  if (picture === null) {
    return (
      <span className="upload-face">
        <Icon name="file" size={18} />
      </span>
    );
  }
  return <img className="upload-face" src={picture} alt="" width={40} height={40} />;
}

/** A file on its way: what it is, how far it is, and a way to call it off or to try again. */
export function UploadChip({ upload, onCancel, onRetry }: UploadChipProps) {
  const { upload: words } = useStrings();
  const note = useNote(upload);
  const { uploadId, name, size, status, loaded } = upload;
  return (
    <div className="upload-chip" data-upload-status={status}>
      <Face upload={upload} />
      <span className="upload-words">
        <bdi className="file-name" title={name}>
          {name}
        </bdi>
        <span className="file-note">{note}</span>
      </span>
      {status === 'failed' ? (
        <button
          type="button"
          className="icon-button upload-button"
          aria-label={words.retry(name)}
          onClick={() => {
            onRetry(uploadId);
          }}
        >
          <Icon name="retry" size={16} />
        </button>
      ) : null}
      <button
        type="button"
        className="icon-button upload-button"
        aria-label={words.remove(name)}
        onClick={() => {
          onCancel(uploadId);
        }}
      >
        <Icon name="close" size={16} />
      </button>
      {status === 'uploading' ? (
        <progress aria-label={words.progressOf(name)} value={loaded} max={size} />
      ) : null}
    </div>
  );
}
