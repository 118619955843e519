import type { Sql } from '../db/db.ts';

const batch = 1000;

/**
 * Multi-row inserts, a thousand rows per statement. The rows travel as one JSON parameter, so no statement comes
 * near Postgres' limit of 65,535 parameters. Columns that are not named get their defaults.
 */
export async function insertRows<T extends object>(
  sql: Sql,
  table: string,
  columns: readonly (keyof T & string)[],
  rows: readonly T[],
): Promise<void> {
  const names = columns.join(', ');
  for (let from = 0; from < rows.length; from += batch) {
    await sql.query(
      `insert into ${table} (${names})
       select ${names} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
      [JSON.stringify(rows.slice(from, from + batch))],
    );
  }
}
