import * as v from 'valibot';
import type { HudhudErrorCode } from '../errors';
import { decodeFile } from './decodeFile';
import type { Decoded } from './fault';
import { Fault } from './fault';
import { count, flag, id, idOrNull, text } from './fields';
import type { FileRef, MessageType } from './models';
import type { Operation, OperationStatus, SendSince, UploadRef } from './operations';
import { isRaw } from './raw';
import type { Schema } from './validate';
import { validate } from './validate';

/**
 * What this package itself wrote down in an earlier visit. It comes from a place that others can write to, and may be of
 * another version: it is decoded like everything that comes from outside.
 */

const ids: Schema<readonly string[]> = v.array(id);
const ordinalOrNull: Schema<number | null> = v.nullable(count);
/** A database can hold what JSON cannot say (L15). */
const time: Schema<number> = v.pipe(v.number(), v.finite());

const base = {
  opId: id,
  channelId: id,
  at: time,
  status: v.picklist<readonly OperationStatus[]>([
    'queued',
    'sending',
    'acknowledged',
    'uncertain',
    'failed',
  ]),
  attempts: count,
  notBefore: v.nullable(time),
  // a code of another version is shown as what it is
  code: v.custom<HudhudErrorCode | null>(
    (value) => value === null || (typeof value === 'string' && /^[A-Z_]{1,64}$/.test(value)),
  ),
  startedAs: ordinalOrNull,
  ackedAs: ordinalOrNull,
};

const since: Schema<SendSince | null> = v.nullable(v.object({ at: time, ids }));

const kinds = {
  send: {
    ...base,
    kind: v.literal('send'),
    parentId: idOrNull,
    content: text,
    messageType: v.picklist<readonly MessageType[]>(['text', 'image', 'file', 'system', 'agent']),
    uploadIds: ids,
    authorId: idOrNull,
    since,
    candidates: ids,
    mayMatch: flag,
    mayExist: v.exactOptional(flag),
  },
  edit: { ...base, kind: v.literal('edit'), target: id, content: text },
  delete: { ...base, kind: v.literal('delete'), target: id },
  react: {
    ...base,
    ...{ kind: v.literal('react'), target: id, emoji: id, on: flag, userId: idOrNull },
  },
  read: { ...base, kind: v.literal('read'), target: id, upTo: time, messageIds: ids },
} as const;

const operationSchema: Schema<Operation> = v.variant('kind', [
  v.object(kinds.send),
  v.object(kinds.edit),
  v.object(kinds.delete),
  v.object(kinds.react),
  v.object(kinds.read),
]);

/** The fields that are written down, by kind: what was written with others is not taken. @internal */
export const operationFields: string = Object.entries(kinds)
  .map(([kind, fields]) => `${kind}:${Object.keys(fields).sort().join()}`)
  .join(';');

/** Decodes an operation of an earlier visit. @internal */
export function decodeOperation(value: unknown): Decoded<Operation> {
  return isRaw(value) ? validate(operationSchema, value) : new Fault('not_an_object');
}

/** A file of an earlier visit. @internal */
export interface StoredUpload extends UploadRef {
  /** What the server made of it; `null`: it never had it. */
  readonly file: FileRef | null;
}

const uploadSchema: Schema<UploadRef> = v.object({
  uploadId: id,
  name: text,
  size: count,
  mime: text,
});

/** Decodes a file that an operation takes along. @internal */
export function decodeStoredUpload(value: unknown): Decoded<StoredUpload> {
  if (!isRaw(value)) return new Fault('not_an_object');
  const ref = validate(uploadSchema, value);
  if (ref instanceof Fault) return ref;
  if (value['file'] === null) return { ...ref, file: null };
  const file = decodeFile(value['file']);
  return file instanceof Fault ? file.below('file') : { ...ref, file };
}
