import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import type { Caller } from '../caller.ts';
import type { Context } from '../context.ts';
import { makeLine } from '../faults/line.ts';
import type { Encode, Frame } from './encoding.ts';

/** A reader that leaves this much unread is cut off; it reconnects and fetches what it missed. */
const mostBufferedBytes = 1024 * 1024;

interface StreamOptions {
  readonly caller: Caller;
  /** Sent before anything else. */
  readonly greeting: readonly Frame[];
  /** Only this channel's frames. */
  readonly channelId?: string;
  /** The last frame that the reader got on an earlier stream. */
  readonly lastEventId?: string | undefined;
}

/** All open server-sent-event responses. */
export interface Streams {
  open(reply: FastifyReply, options: StreamOptions): void;
  /** Ends every stream and clears its timer. */
  stop(): void;
}

export function makeStreams(context: Context, encode: Encode, pingMs: number): Streams {
  const endings = new Set<() => void>();
  /** How many streams each person has opened so far. */
  const opened = new Map<string, number>();
  const ping = () => encode({ event: 'ping', data: { timestamp: new Date().toISOString() } });

  return {
    open: (reply, { caller, greeting, channelId, lastEventId }) => {
      const { raw } = reply.hijack();
      // gone while the greeting was looked up: its close event will not come again
      if (raw.destroyed) return;
      raw.writeHead(200, {
        ...(reply.getHeaders() as OutgoingHttpHeaders),
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-cache, no-transform',
        connection: 'keep-alive',
        'x-accel-buffering': 'no',
      });
      const ordinal = (opened.get(caller.userId) ?? 0) + 1;
      opened.set(caller.userId, ordinal);
      const line = makeLine(context.faults, caller, ordinal, (chunk) => {
        push(raw, chunk);
      });
      const { log } = context.hub;
      const resumes = lastEventId !== undefined && log?.after(lastEventId) !== undefined;
      // what was missed is older than the newest: its ids come with it
      const position = resumes ? undefined : log?.newestId;
      line.send(greeting.map((frame) => encode(frame, position)).join(''));
      const detach = context.hub.attach(
        {
          userId: caller.userId,
          ...(channelId === undefined ? {} : { channelId }),
          send: (frame, chunk) => {
            line.deliver(frame, chunk);
          },
        },
        lastEventId,
      );
      const timer = setInterval(() => {
        line.send(ping());
      }, pingMs);
      const end = () => {
        raw.end();
      };
      endings.add(end);
      context.presence.enter(caller);

      raw.on('close', () => {
        clearInterval(timer);
        detach();
        line.close();
        endings.delete(end);
        context.presence.exit(caller);
      });
    },
    stop: () => {
      for (const end of endings) end();
    },
  };
}

function push(raw: ServerResponse, chunk: string): void {
  if (raw.writableEnded || raw.destroyed) return;
  raw.write(chunk);
  if (raw.writableLength > mostBufferedBytes) raw.destroy();
}
