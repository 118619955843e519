/**
 * The one seam over SQL. Two drivers stand behind it (PGlite and pg); the SQL is written for Postgres 15.
 * What the drivers disagree on: counts may be number or string, so callers wrap them in `Number`, and a jsonb
 * parameter must be `JSON.stringify`-ed (pg would turn a JS array into a Postgres array).
 */
export interface Sql {
  query<R>(text: string, params?: readonly unknown[]): Promise<R[]>;
}

export interface Db extends Sql {
  readonly kind: 'pglite' | 'postgres';
  /** Several statements at once, without parameters. */
  exec(script: string): Promise<void>;
  /** Inside the callback use only the handed `sql`: on PGlite a query on the outer db would wait for ever. */
  tx<T>(run: (sql: Sql) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** The first row, or undefined. */
export async function first<R>(
  sql: Sql,
  text: string,
  params: readonly unknown[] = [],
): Promise<R | undefined> {
  const rows = await sql.query<R>(text, params);
  return rows[0];
}
