import { ApiError, invalid } from '../errors.ts';

/** Parses what a client sent: a JSON body, a query or path parameters. Past this file the types can be trusted. */
export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(value: unknown): Fields {
  if (value === undefined || value === null) return {};
  if (typeof value === 'object' && !Array.isArray(value)) return value as Fields;
  throw invalid('The body must be a JSON object');
}

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isUuid(value: string): boolean {
  return uuidShape.test(value);
}

/** The real server lets Postgres' own sentence through for an id that is no UUID; clients look for it. */
function asUuid(value: unknown): string {
  if (typeof value === 'string' && isUuid(value)) return value.toLowerCase();
  const shown = typeof value === 'string' ? value.slice(0, 100) : typeof value;
  throw new ApiError(400, 'BAD_UUID', `invalid input syntax for type uuid: "${shown}"`);
}

export function uuid(fields: Fields, key: string): string {
  if (fields[key] === undefined) throw invalid(`${key} is required`);
  return asUuid(fields[key]);
}

export function optionalUuid(fields: Fields, key: string): string | undefined {
  return fields[key] === undefined || fields[key] === null ? undefined : asUuid(fields[key]);
}

export function uuids(fields: Fields, key: string, most: number): string[] {
  const list = fields[key];
  if (!Array.isArray(list) || list.length > most) {
    throw invalid(`${key} must be a list of at most ${most} ids`);
  }
  return list.map(asUuid);
}

/** Trimmed text between the two lengths, counted in code points and not in UTF-16 units. */
export function text(fields: Fields, key: string, least: number, most: number): string {
  const value = fields[key];
  const trimmed = typeof value === 'string' ? value.trim() : undefined;
  const length = trimmed === undefined ? -1 : Array.from(trimmed).length;
  if (trimmed === undefined || length < least || length > most) {
    throw invalid(`${key} must hold ${least} to ${most} characters`);
  }
  return trimmed;
}

/** As `text`, but may be missing (undefined) or emptied (null). */
export function optionalText(fields: Fields, key: string, most: number): string | null | undefined {
  const value = fields[key];
  return value === undefined || value === null ? value : text(fields, key, 0, most);
}

export function optionalFlag(fields: Fields, key: string): boolean | undefined {
  const value = fields[key];
  if (value === undefined || typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  throw invalid(`${key} must be true or false`);
}

export function oneOf<T extends string>(
  fields: Fields,
  key: string,
  allowed: readonly T[],
  fallback: T,
): T {
  const value = fields[key] ?? fallback;
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw invalid(`${key} must be one of: ${allowed.join(', ')}`);
  return found;
}

/** Free-form JSON, stored and given back as sent. */
export function optionalObject(fields: Fields, key: string): Fields {
  const value = fields[key] ?? {};
  if (typeof value !== 'object' || Array.isArray(value)) throw invalid(`${key} must be an object`);
  return value as Fields;
}

export function optionalNumber(
  fields: Fields,
  key: string,
  least: number,
  most: number,
): number | undefined {
  const value = fields[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && value >= least && value <= most) return value;
  throw invalid(`${key} must be a number from ${least} to ${most}`);
}

export function number(
  fields: Fields,
  key: string,
  least: number,
  most: number,
  fallback?: number,
): number {
  const value = optionalNumber(fields, key, least, most) ?? fallback;
  if (value === undefined) throw invalid(`${key} is required`);
  return value;
}

/** A whole number of a query, where all values are texts. */
export function wholeNumber(
  query: Fields,
  key: string,
  least: number,
  most: number,
  fallback: number,
): number {
  const value = query[key];
  if (value === undefined) return fallback;
  const found = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : NaN;
  if (found >= least && found <= most) return found;
  throw invalid(`${key} must be a whole number from ${least} to ${most}`);
}

export function optionalTexts(fields: Fields, key: string): readonly string[] | undefined {
  const value = fields[key];
  if (value === undefined || value === null) return undefined;
  const isText = (item: unknown): item is string => typeof item === 'string';
  if (Array.isArray(value) && value.every(isText)) return value;
  throw invalid(`${key} must be a list of texts`);
}
