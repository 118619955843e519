import { describe, it } from '@jest/globals';
import fc from 'fast-check';

import { isType } from '../../src/actions/define';
import { messageFetched, pageReceived } from '../../src/actions/history';
import { conversationReceived } from '../../src/actions/stream';
import type { MessagesState } from '../../src/state/messagesState';
import { messagesReducer } from '../../src/state/messages';
import { movesArbitrary } from '../support/moves';
import { NaiveChannel } from '../support/naiveMessages';
import { expectEqual } from '../support/quickExpect';
import type { Versions } from '../support/simServer';
import type { Move, SimAction } from '../support/simWorld';
import { SimWorld } from '../support/simWorld';
import { byId, recordsOf, rowsOf, shownByServer, visibleOfRecord } from '../support/visible';

const start = { type: 'start' };
const initial = (): MessagesState => messagesReducer(undefined, start);

function tellNaive(naive: NaiveChannel, action: SimAction): void {
  if (isType(action, conversationReceived)) {
    const { ordinal, receivedAt, events } = action.payload;
    events.forEach((event, i) => {
      if (event.type !== 'typing') naive.event(event, ordinal + i, receivedAt);
    });
  }
  if (isType(action, pageReceived)) naive.page(action.payload);
  if (isType(action, messageFetched)) naive.row(action.payload.message, action.payload);
}

/** Takes from a page what it may or may not say of messages that it does not list. */
function withoutDoubt(naive: NaiveChannel, action: SimAction): SimAction {
  if (!isType(action, pageReceived)) return action;
  const absentBefore = naive.certainlyAbsentBefore(action.payload);
  return pageReceived({ ...action.payload, absentBefore });
}

function play(versions: Versions, moves: readonly Move[]): SimWorld {
  const world = new SimWorld({ versions });
  world.move({ kind: 'connect', a: 0, b: 0 });
  for (const move of moves) world.move(move);
  return world;
}

function expectServersState(state: MessagesState, world: SimWorld): void {
  const threads = world.server.messages.filter(({ parentId }) => parentId === null);
  for (const parentId of [null, ...threads.map(({ id }) => id)]) {
    const rows = rowsOf(state, 'general', parentId).filter((row) => !row.isDeleted);
    expectEqual(rows.map(visibleOfRecord), shownByServer(world.server, parentId));
  }
}

describe('facts without times (L1)', () => {
  it('are ordered by observation: after every action the state is what a naive oracle says', () => {
    fc.assert(
      fc.property(movesArbitrary(60), (moves) => {
        const { actions } = play('off', moves);
        const naive = new NaiveChannel();
        let state = initial();
        for (const said of actions) {
          const action = withoutDoubt(naive, said);
          state = messagesReducer(state, action);
          tellNaive(naive, action);
          const rows = recordsOf(state, 'general');
          const held = rows.map((row) => ({ ...visibleOfRecord(row), isEdited: row.isEdited }));
          const known = naive.known().map((message) => message.visible());
          expectEqual(held.sort(byId), known.sort(byId));
        }
      }),
      { numRuns: 1500 },
    );
  });

  it.each<Versions>(['off', 'mixed', 'on'])(
    'end in the server’s state after one quiet refetch, whatever was lost, late or doubled (versions %s)',
    (versions) => {
      fc.assert(
        fc.property(movesArbitrary(60), (moves) => {
          const world = play(versions, moves);
          world.refetchAll();
          expectServersState(world.actions.reduce(messagesReducer, initial()), world);
        }),
        { numRuns: 300 },
      );
    },
  );

  it.each<Versions>(['off', 'mixed', 'on'])(
    'end in the server’s state without a refetch where the stream never broke (versions %s)',
    (versions) => {
      fc.assert(
        fc.property(movesArbitrary(60, ['disconnect', 'connect']), (moves) => {
          const world = play(versions, moves);
          world.settle();
          const state = world.actions.reduce(messagesReducer, initial());
          expectServersState(state, world);
        }),
        { numRuns: 300 },
      );
    },
  );

  it.each<Versions>(['off', 'mixed', 'on'])(
    'lose to what the stream says after the request: a page asked for after a break heals it whenever it comes (versions %s)',
    (versions) => {
      const unbroken = movesArbitrary(40, ['disconnect', 'connect', 'settle']);
      fc.assert(
        fc.property(movesArbitrary(40), unbroken, (moves, after) => {
          const world = play(versions, moves);
          world.move({ kind: 'settle', a: 0, b: 0 });
          world.move({ kind: 'connect', a: 0, b: 0 });
          world.askAll();
          for (const move of after) world.move(move);
          world.settle();
          const state = world.actions.reduce(messagesReducer, initial());
          expectServersState(state, world);
        }),
        { numRuns: 300 },
      );
    },
  );
});
