import * as v from 'valibot';
import { toCount } from './counts';
import type { Decoded } from './fault';
import { Fault } from './fault';
import { count, id, text, textOrNull } from './fields';
import type { FileRef } from './models';
import { anyOf, isRaw } from './raw';
import { validate } from './validate';
import type { Schema } from './validate';

const fileSchema: Schema<FileRef> = v.object({
  id,
  name: text,
  mime: textOrNull,
  size: v.nullable(count),
  url: textOrNull,
  thumbnailUrl: textOrNull,
});

/** Decodes a file of a message. `type` is the coarse kind and stands in where `mimetype` is missing. @internal */
export function decodeFile(row: unknown): Decoded<FileRef> {
  if (!isRaw(row)) return new Fault('not_an_object');
  return validate(fileSchema, {
    id: anyOf(row, 'id', 'file_id', 'fileId'),
    name: anyOf(row, 'name', 'filename') ?? '',
    mime: anyOf(row, 'mimetype', 'mime_type', 'mimeType', 'type') ?? null,
    size: toCount(row['size']) ?? null,
    url: row['url'] ?? null,
    thumbnailUrl: anyOf(row, 'thumbnail_url', 'thumbnailUrl') ?? null,
  });
}
