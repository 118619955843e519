export interface FileRow {
  readonly file_id: string;
  readonly name: string;
  readonly mimetype: string;
  readonly size: number;
}

/** The address is absolute, for pages of another origin. Whoever has it may read the file: an `<img>` sends no token. */
export function fileToWire({ file_id: id, name, mimetype, size }: FileRow, origin: string) {
  const type = mimetype.startsWith('image/') ? 'image' : 'file';
  const url = `${origin}/api/files/${id}/${encodeURIComponent(name)}`;
  return { id, name, type, size, url, mimetype };
}

export type FileWire = ReturnType<typeof fileToWire>;
