import type { Client } from 'pg';
import type { Db, Listener, Sql } from './db.ts';

interface Queryable {
  query(text: string, params?: unknown[]): Promise<{ rows: unknown[] }>;
}

/** So long after a lost session a new one is tried. */
const reopenMs = 300;

function sqlOver(client: Queryable): Sql {
  return {
    query: async <R>(text: string, params: readonly unknown[] = []) =>
      (await client.query(text, [...params])).rows as R[],
    exec: async (script) => {
      await client.query(script);
    },
  };
}

/** Listens in sessions of its own: when one is lost, such as by a restart of Postgres, the next one takes its place. */
async function keepListening(
  newClient: () => Client,
  channel: string,
  listener: Listener,
): Promise<() => Promise<void>> {
  let current: Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;

  function reopen(): void {
    timer = setTimeout(() => {
      open().catch(() => {
        if (!isOver) reopen();
      });
    }, reopenMs);
  }

  async function open(): Promise<void> {
    const client = newClient();
    // its end follows, and that is what counts
    client.on('error', () => undefined);
    try {
      await client.connect();
      client.on('notification', () => {
        listener.heard();
      });
      await client.query(`listen ${channel}`);
      await listener.opened(sqlOver(client));
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    current = client;
    client.on('end', () => {
      if (!isOver) reopen();
    });
  }

  await open();
  return async () => {
    isOver = true;
    clearTimeout(timer);
    await current?.end();
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
    tx: async (run) => {
      const client = await pool.connect();
      try {
        await client.query('begin');
        const result = await run(sqlOver(client));
        await client.query('commit');
        client.release();
        return result;
      } catch (error) {
        const isWhole = await client.query('rollback').then(
          () => true,
          () => false,
        );
        client.release(!isWhole);
        throw error;
      }
    },
    listen: (channel, listener) =>
      keepListening(() => new pg.Client({ connectionString }), channel, listener),
    close: () => pool.end(),
  };
}
