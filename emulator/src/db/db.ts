/**
 * The one seam over SQL. Two drivers stand behind it (PGlite and pg); the SQL is written for Postgres 15.
 * What the drivers disagree on: counts may be number or string, so callers wrap them in `Number`, and a jsonb
 * parameter must be `JSON.stringify`-ed (pg would turn a JS array into a Postgres array).
 */
export interface Sql {
  query<R>(text: string, params?: readonly unknown[]): Promise<R[]>;
  /** Several statements at once, without parameters. */
  exec(script: string): Promise<void>;
}

/** What hears notifications, in a session of its own. */
export interface Listener {
  /**
   * The session stands: at the start, and again after a loss. Here is taken what belongs to a session, and looked for
   * what was not heard meanwhile.
   */
  opened(session: Sql): Promise<void>;
  heard(): void;
}

export interface Db extends Sql {
  readonly kind: 'pglite' | 'postgres';
  /** Inside the callback use only the handed `sql`: on PGlite a query on the outer db would wait for ever. */
  tx<T>(run: (sql: Sql) => Promise<T>): Promise<T>;
  /** Resolves when the first session stands, with what ends the listening. */
  listen(channel: string, listener: Listener): Promise<() => Promise<void>>;
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
