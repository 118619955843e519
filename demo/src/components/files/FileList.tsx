import type { FileRef } from '@hudhud/state';
import { useFormats, useStrings } from '../../i18n/language';
import { safeHref } from '../../text/safeHref';
import { Icon } from '../basics/Icon';
import './files.css';

/** It is saved, not opened: what somebody sends never runs in this page. */
const linkOf = (href: string, name: string) => ({
  href,
  download: name,
  target: '_blank',
  rel: 'noopener noreferrer nofollow',
});

function FileItem({ file }: { readonly file: FileRef }) {
  const { row } = useStrings();
  const formats = useFormats();
  const { name, mime, size, url, thumbnailUrl } = file;
  const href = safeHref(url);
  const isImage = mime?.startsWith('image/') === true;
  const picture = isImage ? safeHref(thumbnailUrl ?? url) : null;
  if (picture !== null && href !== null) {
    return (
      <a className="file-picture" title={name} {...linkOf(href, name)}>
        <img src={picture} alt={name} loading="lazy" width={220} height={150} />
      </a>
    );
  }
  const words = (
    <>
      <Icon name="file" size={16} />
      <bdi className="file-name">{name}</bdi>
      {size === null ? null : <span className="file-note">{formats.bytes(size)}</span>}
    </>
  );
  if (href === null) return <span className="file-chip">{words}</span>;
  return (
    <a className="file-chip" aria-label={row.download(name)} title={name} {...linkOf(href, name)}>
      {words}
      <Icon name="download" size={14} />
    </a>
  );
}

/** Files of a message: pictures as such, the rest by name. */
export function FileList({ files }: { readonly files: readonly FileRef[] }) {
  if (files.length === 0) return null;
  return (
    <ul className="file-list">
      {files.map((file) => (
        <li key={file.id}>
          <FileItem file={file} />
        </li>
      ))}
    </ul>
  );
}
