import type { FileRef } from '@hudhud/state';
import { Icon } from '../basics/Icon';

export function FileChips({ files }: { readonly files: readonly FileRef[] }) {
  if (files.length === 0) return null;
  return (
    <ul className="file-chips">
      {files.map((file) => (
        <li key={file.id} className="file-chip">
          <Icon name="file" size={14} />
          <bdi>{file.name}</bdi>
        </li>
      ))}
    </ul>
  );
}
