import { randomUUID } from 'node:crypto';
import type { Caller } from '../caller.ts';
import type { Context } from '../context.ts';
import type { Sql } from '../db/db.ts';
import { first } from '../db/db.ts';
import { fileNotFound } from '../errors.ts';
import { isUuid } from '../http/input.ts';
import type { Upload } from '../http/uploads.ts';
import type { FileRow, FileWire } from '../wire/file.ts';
import { fileToWire } from '../wire/file.ts';

/** So many files of one message are listed with it. */
const mostPerMessage = 20;

export async function saveFile(
  { db, origin }: Context,
  { userId }: Caller,
  { name, mimetype, bytes }: Upload,
): Promise<FileWire> {
  const row = { file_id: randomUUID(), name, mimetype, size: bytes.length };
  await db.query(
    `insert into files (file_id, user_id, name, mimetype, size, bytes)
     values ($1, $2, $3, $4, $5, $6)`,
    [row.file_id, userId, name, mimetype, row.size, bytes],
  );
  return fileToWire(row, origin());
}

export interface StoredFile extends FileRow {
  readonly bytes: Uint8Array;
}

export async function fileById({ db }: Context, fileId: string): Promise<StoredFile> {
  const file = await first<StoredFile>(db, `select * from files where file_id = $1`, [fileId]);
  if (file === undefined) throw fileNotFound();
  return file;
}

/** The ids in `metadata.files`, which may hold anything. */
function namedFiles({ files }: Readonly<Record<string, unknown>>): string[] {
  if (!Array.isArray(files)) return [];
  return files
    .slice(0, mostPerMessage)
    .map((file: unknown) => (file as { readonly id?: unknown } | null)?.id)
    .filter((id): id is string => typeof id === 'string' && isUuid(id));
}

/** A message whose metadata names files that its author has uploaded lists them itself, too. */
export async function attachFiles(
  sql: Sql,
  { userId }: Caller,
  messageId: string,
  metadata: Readonly<Record<string, unknown>>,
): Promise<void> {
  const named = namedFiles(metadata);
  if (named.length === 0) return;
  await sql.query(
    `insert into message_files (message_id, file_id, place)
     select $1::uuid, f.file_id, named.place
     from unnest($2::uuid[]) with ordinality as named (id, place)
     join files f on f.file_id = named.id and f.user_id = $3
     on conflict do nothing`,
    [messageId, named, userId],
  );
}

export interface MessageFileRow extends FileRow {
  readonly message_id: string;
}

/** The files of messages, each message's in the order in which it named them. */
export async function messageFileRows(
  sql: Sql,
  messageIds: readonly string[],
): Promise<MessageFileRow[]> {
  if (messageIds.length === 0) return [];
  return sql.query<MessageFileRow>(
    `select mf.message_id, f.file_id, f.name, f.mimetype, f.size
     from message_files mf join files f using (file_id)
     where mf.message_id = any($1::uuid[]) order by mf.place`,
    [messageIds],
  );
}
