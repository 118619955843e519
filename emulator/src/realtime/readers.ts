import type { Caller } from '../caller.ts';
import type { Context } from '../context.ts';
import { makeLine } from '../faults/line.ts';
import type { Outlet } from '../faults/network.ts';
import { makeNetwork } from '../faults/network.ts';
import { makeStreamDraws } from '../faults/streamDraws.ts';
import type { Frame } from './encoding.ts';
import { isPassing } from './encoding.ts';
import type { Delivery } from './hub.ts';

/** A reader that leaves this much unread is cut off; it reconnects and fetches what it missed. */
export const mostBufferedBytes = 1024 * 1024;

export interface ReaderOptions {
  readonly caller: Caller;
  /** Sent before anything else. */
  readonly greeting: readonly Frame[];
  /** Only this channel's frames. */
  readonly channelId?: string | undefined;
  /** The last frame that the reader got on an earlier connection. */
  readonly lastEventId?: string | undefined;
}

/** A connection that takes frames. */
export interface Connection extends Outlet {
  encode(frame: Frame, id?: string): string;
  /** Several frames as one chunk, where that can be. */
  join(chunks: readonly string[]): readonly string[];
  /** Ends as a server does that stops. */
  end(): void;
}

/** All who have an endless connection, whatever it is made of. */
export interface Readers {
  /** Greets, and hands on what comes until the returned function is called. */
  open(connection: Connection, options: ReaderOptions): () => void;
  /** Ends every connection. */
  stop(): void;
}

export function makeReaders(context: Context, pingMs: number): Readers {
  const { faults, hub, presence } = context;
  const connections = new Set<Connection>();
  /** How many connections each person has opened so far; each has a series of decisions of its own. */
  const opened = new Map<string, number>();

  function ordinalOf({ userId }: Caller): number {
    const ordinal = (opened.get(userId) ?? 0) + 1;
    opened.set(userId, ordinal);
    return ordinal;
  }

  return {
    open: (connection, { caller, greeting, channelId, lastEventId }) => {
      const series = `stream ${caller.username} ${ordinalOf(caller)}`;
      const draws = makeStreamDraws(faults, caller.username, series);
      const network = makeNetwork(faults, draws, connection);
      const line = makeLine(faults, draws, caller, (piece) => {
        network.send(piece);
      });
      const { userId } = caller;
      const reader = { userId, ...(channelId === undefined ? {} : { channelId }) };
      const deliver = ({ id, frame }: Delivery) => {
        line.deliver(frame, connection.encode(frame, isPassing(frame) ? undefined : id));
      };

      const missed = lastEventId === undefined ? undefined : hub.missed(lastEventId, reader);
      // what was missed is older than the newest: its ids come with it
      const position = missed === undefined ? hub.position : undefined;
      const hello = greeting.map((frame) => connection.encode(frame, position));
      for (const chunk of connection.join(hello)) line.send(chunk);
      for (const delivery of missed ?? []) if (!isPassing(delivery.frame)) deliver(delivery);
      const detach = hub.attach({
        ...reader,
        send: deliver,
        cut: () => {
          connection.reset();
        },
      });

      const timer = setInterval(() => {
        const data = { timestamp: new Date().toISOString() };
        line.send(connection.encode({ event: 'ping', data }));
      }, pingMs);
      connections.add(connection);
      presence.enter(caller);
      return () => {
        clearInterval(timer);
        detach();
        line.close();
        network.close();
        connections.delete(connection);
        presence.exit(caller);
      };
    },
    stop: () => {
      for (const connection of connections) connection.end();
    },
  };
}
