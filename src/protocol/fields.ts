import * as v from 'valibot';
import { isId } from './ids';
import type { PresenceStatus } from './models';
import type { Schema } from './validate';

/**
 * The kinds of fields that schemas are made of. Each is one predicate: a schema that is only asked yes or no is the
 * cheapest (docs/decisions/0001).
 */

/** A text. @internal */
export const isText = (value: unknown): value is string => typeof value === 'string';
/** A time, after `toEpochMs`. @internal */
export const isTime = (value: unknown): value is number => typeof value === 'number' && value >= 0;
/** A count, after `toCount`. @internal */
export const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
/** Yes or no. @internal */
export const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';

/** The four words for presence. @internal */
export const presenceWords: ReadonlyMap<unknown, PresenceStatus> = new Map<unknown, PresenceStatus>(
  (['online', 'away', 'offline', 'busy'] as const).map((word) => [word, word]),
);

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
export const count: Schema<number> = v.custom<number>(isCount);
/** Yes or no. @internal */
export const flag: Schema<boolean> = v.custom<boolean>(isFlag);
/** One of the four words for presence. @internal */
export const presence: Schema<PresenceStatus> = v.custom<PresenceStatus>((value) =>
  presenceWords.has(value),
);
