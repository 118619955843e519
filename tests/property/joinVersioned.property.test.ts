import { describe, it } from '@jest/globals';
import fc from 'fast-check';

import { messageFetched, pageReceived } from '../../src/actions/history';
import { conversationReceived } from '../../src/actions/stream';
import type { MessageFact } from '../../src/protocol/models';
import type { MessagesState } from '../../src/state/messagesState';
import { messagesReducer } from '../../src/state/messages';
import { expectEqual } from '../support/quickExpect';
import { shuffled } from '../support/shuffled';
import type { SimEvent } from '../support/simServer';
import { SimServer, viewer } from '../support/simServer';
import type { SimAction } from '../support/simWorld';
import {
  byId,
  recordsOf,
  timesOfRecord,
  timesOfServer,
  visibleOfRecord,
  visibleOfServer,
} from '../support/visible';

/** Something the server said of one message, and how it reached the client. */
type Fact =
  | { readonly id: string; readonly by: 'stream'; readonly event: SimEvent }
  | { readonly id: string; readonly by: 'page' | 'reply'; readonly row: MessageFact };

interface Step {
  readonly kind: number;
  readonly a: number;
  readonly b: number;
  /** Whether a row is read after the step, and by what. */
  readonly reads: 'page' | 'reply' | null;
  /** Whether the stream brings the step although a later row tells of it as well. */
  readonly isTold: boolean;
}

const step = fc.record({
  kind: fc.nat({ max: 9 }),
  a: fc.nat({ max: 30 }),
  b: fc.nat({ max: 30 }),
  reads: fc.constantFrom('page' as const, 'reply' as const, null, null),
  isTold: fc.boolean(),
});

const idOf = (event: SimEvent): string =>
  event.type === 'reaction' ? event.messageId : event.message.id;

function act(server: SimServer, { kind, a, b }: Step): SimEvent[] {
  const target = server.alive(a);
  if (target === undefined || kind <= 1) return server.create(a, b % 2);
  if (kind <= 3) return server.edit(target);
  if (kind <= 5) return server.react(target, b, b >> 2);
  if (kind === 6) return server.attach(target, b);
  if (kind === 7) return server.sayReactions(target);
  if (kind === 8 && target.parentId === null) return server.reply(b, target);
  return b % 2 === 0 ? server.remove(target) : server.edit(target);
}

/** Facts that together say everything: of each message, what happened after its last row is told by the stream. */
function history(steps: readonly Step[]): { server: SimServer; facts: Fact[] } {
  const server = new SimServer({ versions: 'on' });
  const said: { readonly fact: Fact; readonly isTold: boolean }[] = [];
  const lastRead = new Map<string, number>();
  for (const one of steps) {
    for (const event of act(server, one)) {
      said.push({ fact: { id: idOf(event), by: 'stream', event }, isTold: one.isTold });
    }
    const read = server.messages[one.b % server.messages.length];
    if (one.reads !== null && read !== undefined) {
      const fact: Fact = { id: read.id, by: one.reads, row: server.row(read) };
      lastRead.set(read.id, said.length);
      said.push({ fact, isTold: true });
    }
  }
  const facts = said.flatMap(({ fact, isTold }, i) =>
    isTold || i > (lastRead.get(fact.id) ?? -1) ? [fact] : [],
  );
  return { server, facts };
}

/** Delivers facts in the order given, each with the stamps that a client would give it then. */
function deliver(facts: readonly Fact[], lag: number): SimAction[] {
  let ordinal = 1;
  const actions: SimAction[] = [];
  let batch: SimEvent[] = [];
  const flush = () => {
    if (batch.length === 0) return;
    const from = { stream: 'main', epoch: 1, ordinal } as const;
    actions.push(
      conversationReceived({ ...from, events: batch, viewerId: viewer, receivedAt: 1000 }),
    );
    ordinal += batch.length;
    batch = [];
  };
  for (const fact of facts) {
    if (fact.by === 'stream') {
      batch.push(fact.event);
      if (batch.length > lag % 4) flush();
      continue;
    }
    flush();
    // the request may have been started long before
    const asOf = Math.max(1, ordinal - (lag % 7));
    const asked = { asOf, absentBefore: 0, oldestInFlight: null };
    ordinal += 1;
    const { row } = fact;
    const at = row.createdAt ?? 0;
    const page = { channelId: 'general', parentId: row.parentId ?? null, messages: [row] };
    actions.push(
      fact.by === 'reply'
        ? messageFetched({ ...asked, message: row })
        : pageReceived({ ...asked, ...page, range: { from: at, to: at } }),
    );
  }
  flush();
  return actions;
}

const reduce = (actions: readonly SimAction[]): MessagesState =>
  actions.reduce(messagesReducer, messagesReducer(undefined, { type: 'start' }));

describe('facts with times (L1, L3)', () => {
  it('are a join: any order, doubling and split over stream, page and reply ends in the server’s state', () => {
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 1, maxLength: 25, size: 'max' }),
        fc.nat(),
        fc.nat({ max: 20 }),
        fc.array(fc.nat({ max: 60 }), { maxLength: 8 }),
        (steps, seed, lag, doubled) => {
          const { server, facts } = history(steps);
          const again = doubled.flatMap((n) => facts[n] ?? []);
          const state = reduce(deliver(shuffled([...facts, ...again], seed), lag));
          const rows = recordsOf(state, 'general').sort(byId);
          const messages = [...server.messages].sort(byId);
          expectEqual(rows.map(visibleOfRecord), messages.map(visibleOfServer));
          expectEqual(rows.map(timesOfRecord), messages.map(timesOfServer));
        },
      ),
      { numRuns: 300 },
    );
  });
});
