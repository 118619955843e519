import * as v from 'valibot';
import { isId } from './ids';
import type { PresenceStatus } from './models';
import type { Schema } from './validate';

/**
 * The kinds of fields that schemas are made of. Each is one predicate: in valibot every pipe step and every wrapper
 * is a call per field, and a message has some twelve of them (docs/decisions/0001).
 */

const isText = (value: unknown): value is string => typeof value === 'string';
const isTime = (value: unknown): value is number => typeof value === 'number' && value >= 0;
const isPresence = (value: unknown): value is PresenceStatus =>
  value === 'online' || value === 'away' || value === 'offline' || value === 'busy';

/** An id. @internal */
export const id: Schema<string> = v.custom<string>(isId);
/** An id, or none. @internal */
export const idOrNull: Schema<string | null> = v.custom<string | null>(
  (value) => value === null || isId(value),
);
/** A text. @internal */
export const text: Schema<string> = v.custom<string>(isText);
/** A text, or none. @internal */
export const textOrNull: Schema<string | null> = v.custom<string | null>(
  (value) => value === null || isText(value),
);
/** A time, after `toEpochMs`. @internal */
export const time: Schema<number> = v.custom<number>(isTime);
/** A time, or none. @internal */
export const timeOrNull: Schema<number | null> = v.custom<number | null>(
  (value) => value === null || isTime(value),
);
/** A count, after `toCount`. @internal */
export const count: Schema<number> = v.custom<number>(
  (value) => Number.isSafeInteger(value) && (value as number) >= 0,
);
/** Yes or no. @internal */
export const flag: Schema<boolean> = v.custom<boolean>((value) => typeof value === 'boolean');
/** One of the four words for presence. @internal */
export const presence: Schema<PresenceStatus> = v.custom<PresenceStatus>(isPresence);
