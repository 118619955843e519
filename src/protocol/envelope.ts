import { HudhudError } from '../errors';
import { decodeErrorBody } from './decodeErrorBody';
import type { Decoded } from './fault';
import { Fault } from './fault';
import { anyOf, either, isList, isRaw } from './raw';
import type { Raw } from './raw';

/** An answer's outer object and the `data` in it; flat answers have the fields in both. @internal */
export interface Envelope {
  readonly outer: Raw;
  readonly inner: Raw;
}

/** Opens an answer; throws `BAD_RESPONSE` for one that is no success. @internal */
export function openEnvelope(body: unknown): Envelope {
  if (!isRaw(body)) throw badResponse('The answer is no JSON object.', 'body');
  if (body['success'] === false) {
    const serverCode = decodeErrorBody(body)?.serverCode;
    throw new HudhudError(
      'BAD_RESPONSE',
      'The answer says success: false under a status of success.',
      serverCode == null ? { field: 'success' } : { field: 'success', serverCode },
    );
  }
  return { outer: body, inner: isRaw(body['data']) ? body['data'] : body };
}

/** A field by its aliases, from inside first. @internal */
export function fieldOf({ outer, inner }: Envelope, ...names: readonly string[]): unknown {
  return either(anyOf(inner, ...names), anyOf(outer, ...names));
}

/** A list by its names, or `undefined` where the answer has none; `null` is an empty one. @internal */
export function maybeListOf(
  envelope: Envelope,
  ...names: readonly string[]
): readonly unknown[] | undefined {
  const list = fieldOf(envelope, ...names);
  if (list === undefined || isList(list)) return list;
  if (list === null) return [];
  throw badResponse(`The answer's ${names.join(' or ')} is no list.`, names.join());
}

/** A list that the answer is about, by its names or as `data` itself. @internal */
export function listOf(envelope: Envelope, ...names: readonly string[]): readonly unknown[] {
  const data = envelope.outer['data'];
  const list = maybeListOf(envelope, ...names) ?? data;
  if (isList(list)) return list;
  throw badResponse(`The answer has no list ${names.join(' or ')}.`, names.join());
}

/** The row that the answer is about: by name, or the whole answer. @internal */
export function rowOf<T>(envelope: Envelope, name: string, decodeRow: (row: Raw) => Decoded<T>): T {
  const named = fieldOf(envelope, name);
  const row = decodeRow(isRaw(named) ? named : envelope.inner);
  if (!(row instanceof Fault)) return row;
  const path = row.below(name).path ?? name;
  throw badResponse(`The answer has no usable ${name}: ${row.reason} at ${path}.`, path);
}

/** An answer that cannot be used at all. It quotes none of the answer (L17). @internal */
export function badResponse(sentence: string, field: string): HudhudError {
  return new HudhudError(
    'BAD_RESPONSE',
    `${sentence} Check that the base URL points to the Hudhud API.`,
    { field },
  );
}
