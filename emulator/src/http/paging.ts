import { invalid } from '../errors.ts';
import type { Cursor, PageRequest } from '../services/messagePages.ts';
import type { Fields } from './input.ts';
import { isUuid, optionalUuid } from './input.ts';

const defaultLimit = 50;
const mostPerPage = 200;

export function limitOf(query: Fields): number {
  const value = query['limit'];
  if (value === undefined) return defaultLimit;
  const limit = Number(value);
  if (!Number.isInteger(limit) || limit < 1) throw invalid('limit must be a whole number above 0');
  return Math.min(limit, mostPerPage);
}

/** Handed on as sent, because a time may carry microseconds that a Date would drop. */
export function optionalTime(query: Fields, key: string): string | undefined {
  const value = query[key];
  if (value === undefined || value === '') return undefined;
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) && !isNaN(Date.parse(value))) {
    return value;
  }
  throw invalid(`${key} must be an ISO-8601 time`);
}

function timeOf(query: Fields, key: string): Cursor | undefined {
  const time = optionalTime(query, key);
  return time === undefined ? undefined : { kind: 'time', time };
}

function idOf(query: Fields, key: string): Cursor | undefined {
  const messageId = query[key] === '' ? undefined : optionalUuid(query, key);
  return messageId === undefined ? undefined : { kind: 'id', messageId };
}

function eitherOf(query: Fields, key: string): Cursor | undefined {
  const value = query[key];
  return typeof value === 'string' && isUuid(value) ? idOf(query, key) : timeOf(query, key);
}

const cursors = { id: idOf, time: timeOf, either: eitherOf };

/**
 * `GET /chat/messages` takes times, the workspace and slug endpoints take message ids. Of replies it is not known,
 * so they take both.
 */
export function pageRequest(query: Fields, kind: keyof typeof cursors): PageRequest {
  const read = cursors[kind];
  const before = read(query, 'before');
  const after = read(query, 'after');
  return {
    limit: limitOf(query),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
}
