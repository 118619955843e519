import type { Db, Sql } from './db.ts';

interface Queryable {
  query(text: string, params?: unknown[]): Promise<{ rows: unknown[] }>;
}

function sqlOver(client: Queryable): Sql {
  return {
    query: async <R>(text: string, params: readonly unknown[] = []) =>
      (await client.query(text, [...params])).rows as R[],
  };
}

/** A real Postgres, reached through a small pool. */
export async function openPostgres(connectionString: string): Promise<Db> {
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({ connectionString, max: 8 });
  // an idle connection that the server drops must not end the process
  pool.on('error', () => undefined);
  return {
    kind: 'postgres',
    ...sqlOver(pool),
    exec: async (script) => {
      await pool.query(script);
    },
    tx: async (run) => {
      const client = await pool.connect();
      try {
        await client.query('begin');
        const result = await run(sqlOver(client));
        await client.query('commit');
        return result;
      } catch (error) {
        await client.query('rollback');
        throw error;
      } finally {
        client.release();
      }
    },
    close: () => pool.end(),
  };
}
