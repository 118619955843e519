import type { FastifyReply } from 'fastify';
import type { Caller } from '../caller.ts';
import type { Context } from '../context.ts';
import type { StreamDraws } from '../faults/streamDraws.ts';
import { makeStreamDraws } from '../faults/streamDraws.ts';
import { copiesOf } from '../faults/sieve.ts';
import { makeNetwork } from '../faults/network.ts';
import { onGone } from '../http/gone.ts';
import type { Encoding, Frame, JsonFrame } from './encoding.ts';
import { isPassing } from './encoding.ts';
import type { Delivery } from './hub.ts';
import { answerOutlet } from './answerOutlet.ts';

/** So many frames come with one answer; the next poll gets the rest. */
const mostPerAnswer = 500;

/** Nobody polls without a break: between two polls a person is still here. */
const graceMs = 30_000;

/** What is told in passing is stale after this time. */
const passingMs = 3000;

interface Poll {
  readonly caller: Caller;
  readonly cursor: string | undefined;
  readonly timeoutMs: number;
  /** Asked for when the cursor does not tell what was missed. */
  readonly greet: () => Promise<readonly Frame[]>;
}

/** Some frames, and where to go on after them. */
interface Stretch {
  readonly deliveries: readonly Delivery[];
  readonly cursor: string;
}

interface PollAnswer {
  readonly success: true;
  readonly events: readonly JsonFrame[];
  /** What the next poll names to go on from here. */
  readonly cursor: string;
  /** Nothing lies between the cursor that was named and these events. */
  readonly continuous: boolean;
}

/** Long polling: the frames of the main stream, some at a time. */
export interface Polls {
  answer(reply: FastifyReply, poll: Poll): Promise<void>;
  /** Answers all who wait. */
  stop(): void;
}

export function makePolls(context: Context, encoding: Encoding): Polls {
  const { faults, hub, presence } = context;
  const waiting = new Set<() => void>();
  let isOver = false;
  /** All polls of a person are one series of decisions. */
  const drawsOf = new Map<string, StreamDraws>();

  function drawsFor({ userId, username }: Caller): StreamDraws {
    const known = drawsOf.get(userId) ?? makeStreamDraws(faults, username, `poll ${username}`);
    drawsOf.set(userId, known);
    return known;
  }

  function eventsOf(caller: Caller, deliveries: readonly Delivery[]): JsonFrame[] {
    const draws = drawsFor(caller);
    return deliveries.flatMap(({ id, frame }) => {
      const event = encoding.json(frame, isPassing(frame) ? undefined : id);
      return Array.from({ length: copiesOf(faults, draws, caller, frame) }, () => event);
    });
  }

  /** What comes next for somebody: nothing when the time is over, undefined when some of it was lost. */
  function next({ userId }: Caller, ms: number, gone: AbortSignal): Promise<Stretch | undefined> {
    return new Promise((resolve) => {
      const come: Delivery[] = [];
      function finish(stretch: Stretch | undefined): void {
        clearTimeout(timer);
        detach();
        waiting.delete(end);
        gone.removeEventListener('abort', end);
        resolve(stretch);
      }
      const end = () => {
        finish({ deliveries: come, cursor: hub.position });
      };
      const timer = setTimeout(end, ms);
      const detach = hub.attach({
        userId,
        send: (delivery) => {
          // what was read together is answered together
          if (come.length === 0) setImmediate(end);
          come.push(delivery);
        },
        cut: () => {
          finish(undefined);
        },
      });
      waiting.add(end);
      gone.addEventListener('abort', end);
      if (gone.aborted || isOver) end();
    });
  }

  /** What came since a cursor; undefined when that is not known. */
  function since(cursor: string, caller: Caller): Stretch | undefined {
    const isStale = ({ frame, madeAtMs }: Delivery) =>
      isPassing(frame) && Date.now() - madeAtMs > passingMs;
    const missed = hub.missed(cursor, caller)?.filter((delivery) => !isStale(delivery));
    if (missed === undefined) return undefined;
    const last = missed[mostPerAnswer - 1];
    return { deliveries: missed.slice(0, mostPerAnswer), cursor: last?.id ?? hub.position };
  }

  async function look({ caller, cursor, timeoutMs, greet }: Poll, gone: AbortSignal) {
    if (cursor !== undefined) await hub.reach(cursor);
    const missed = cursor === undefined ? undefined : since(cursor, caller);
    const stretch = missed?.deliveries.length === 0 ? await next(caller, timeoutMs, gone) : missed;
    if (stretch !== undefined) {
      const { deliveries, cursor } = stretch;
      return { events: eventsOf(caller, deliveries), cursor, continuous: true };
    }
    const greeting = await greet();
    const { position } = hub;
    const events = greeting.map((frame) => encoding.json(frame, position));
    return { events, cursor: position, continuous: false };
  }

  return {
    answer: async (reply, poll) => {
      const { caller } = poll;
      const leaving = new AbortController();
      onGone(reply, () => {
        leaving.abort();
      });
      presence.enter(caller);
      try {
        const answer: PollAnswer = { success: true, ...(await look(poll, leaving.signal)) };
        if (leaving.signal.aborted) return;
        const outlet = answerOutlet(reply);
        const network = makeNetwork(faults, drawsFor(caller), outlet);
        network.send({ chunk: JSON.stringify(answer), isConversation: false });
        await outlet.over;
      } finally {
        presence.exit(caller, graceMs);
      }
    },
    stop: () => {
      isOver = true;
      for (const end of waiting) end();
    },
  };
}
