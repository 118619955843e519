import type { Sql } from '../db/db.ts';
import { first } from '../db/db.ts';
import type { Frame } from './encoding.ts';
import { makeFrameLog } from './frameLog.ts';

/** A frame on its way, with those who were its readers when it was written. */
export interface Delivery {
  readonly id: string;
  readonly frame: Frame;
  readonly users: ReadonlySet<string> | 'everyone';
  readonly channelId: string | undefined;
  readonly madeAtMs: number;
}

/** Whose frames are meant. A channel stream names its channel and gets nothing else. */
interface Reader {
  readonly userId: string;
  readonly channelId?: string;
}

interface Subscriber extends Reader {
  send(delivery: Delivery): void;
  /** Frames have passed by unread: whoever goes on would have a hole that nobody knows of. */
  cut(): void;
}

/**
 * Hands what is in the table of frames to the readers of this process. Frames of all processes come in one order, and
 * each once.
 */
export interface Hub {
  /** Reads what has been committed by now. */
  catchUp(): Promise<void>;
  /** Resolves when the frame with this id has come by, if it is one that was already told. */
  reach(id: string): Promise<void>;
  /** The id of what came last: who begins here misses nothing from now on. */
  readonly position: string;
  /** What a reader has missed since an id; undefined when that is not known. */
  missed(id: string, reader: Reader): readonly Delivery[] | undefined;
  attach(subscriber: Subscriber): () => void;
  readonly connections: number;
  readonly framesSent: number;
}

interface FrameRow {
  readonly number: number | string;
  readonly frame: string;
  readonly channel_id: string | null;
  readonly readers: readonly string[] | null;
  readonly made_at: Date;
}

const mostPerRead = 500;

async function rowsAfter(sql: Sql, number: number): Promise<FrameRow[]> {
  return sql.query<FrameRow>(
    `select number, frame, channel_id, to_json(readers) as readers, made_at
     from frames where number > $1 order by number limit ${mostPerRead}`,
    [number],
  );
}

function concerns({ users, channelId }: Delivery, reader: Reader): boolean {
  const wanted = reader.channelId === undefined || reader.channelId === channelId;
  return wanted && (users === 'everyone' || users.has(reader.userId));
}

/** `logName` names the database's frames. */
export async function makeHub(
  sql: Sql,
  logName: string,
  report: (error: unknown) => void,
): Promise<Hub> {
  // what is still in the table can be gone on from
  const row = await first<{ kept: number; start: number | string }>(
    sql,
    `select kept, newest - (select count(*) from frames) as start from frame_count`,
  );
  if (row === undefined) throw new Error('The count of frames is lost.');
  const log = makeFrameLog<Delivery>(logName, row.kept, Number(row.start));
  const subscribers = new Set<Subscriber>();
  let framesSent = 0;
  let reading: Promise<void> | undefined;
  let isBehind = false;

  function deliver(row: FrameRow): void {
    const number = Number(row.number);
    if (number !== log.newest + 1) {
      log.restart(number - 1);
      for (const subscriber of subscribers) subscriber.cut();
    }
    const delivery: Delivery = {
      id: log.idOf(number),
      frame: JSON.parse(row.frame) as Frame,
      users: row.readers === null ? 'everyone' : new Set(row.readers),
      channelId: row.channel_id ?? undefined,
      madeAtMs: row.made_at.getTime(),
    };
    log.add(delivery);
    for (const subscriber of subscribers) {
      if (!concerns(delivery, subscriber)) continue;
      subscriber.send(delivery);
      framesSent += 1;
    }
  }

  async function read(): Promise<void> {
    try {
      while (isBehind) {
        isBehind = false;
        const rows = await rowsAfter(sql, log.newest);
        rows.forEach(deliver);
        if (rows.length === mostPerRead) isBehind = true;
      }
    } catch (error) {
      report(error);
    } finally {
      reading = undefined;
    }
  }

  /** One read at a time; what is told during one makes a second. */
  function catchUp(): Promise<void> {
    isBehind = true;
    reading ??= read();
    return reading;
  }

  return {
    catchUp,
    reach: async (id) => {
      const number = log.numberOf(id);
      if (number !== undefined && number > log.newest) await catchUp();
    },
    get position() {
      return log.newestId;
    },
    missed: (id, reader) => log.after(id)?.filter((delivery) => concerns(delivery, reader)),
    attach: (subscriber) => {
      subscribers.add(subscriber);
      return () => subscribers.delete(subscriber);
    },
    get connections() {
      return subscribers.size;
    },
    get framesSent() {
      return framesSent;
    },
  };
}
