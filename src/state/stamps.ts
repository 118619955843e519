import type { FieldGroup, MessageRecord, Stamp } from './messageRecord';

/**
 * The rule of L1, for one field: of two versioned values the newer server time wins; where one of them has no time of
 * its own, the later observation wins.
 *
 * @internal
 * @param v - Server time of the new value, or `null` where none was said.
 * @param o - Ordinal of the new value; 0 for the first word on a message, which loses every tie.
 */
export function wins(v: number | null, o: number, held: Stamp): boolean {
  if (v !== null && v < held.v) return false;
  if (v !== null && held.loose === undefined && v > held.v) return true;
  return o > held.o;
}

/**
 * The stamp of a value that won.
 *
 * @internal
 */
export function stampOf(v: number | null, o: number, held: Stamp): Stamp {
  return v === null ? { v: held.v, o, loose: true } : { v, o };
}

/** When the message was made, as a version: a guess is older than anything that the server says. @internal */
export function bornAt(record: MessageRecord): number {
  return record.timeGuessed === true ? 0 : record.createdAt;
}

/**
 * The stamp of a held field. A row that came whole needs none written down: it follows from the row itself.
 *
 * @internal
 */
export function heldStamp(record: MessageRecord, group: FieldGroup): Stamp {
  const own = record.stamps?.[group];
  if (own !== undefined) return own;
  const v = bornAt(record);
  if (group === 'text') return { v: record.editedAt ?? v, o: record.base };
  return record.base === 0 ? { v, o: 0 } : { v, o: record.base, loose: true };
}
