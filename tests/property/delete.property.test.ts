import { describe, it } from '@jest/globals';
import fc from 'fast-check';

import { isType } from '../../src/actions/define';
import type { Asked } from '../../src/actions/history';
import { channelsReceived, messageFetched, pageReceived } from '../../src/actions/history';
import { conversationReceived } from '../../src/actions/stream';
import { createSelectors } from '../../src/selectors/createSelectors';
import type { HudhudState } from '../../src/state/rootReducer';
import { createRootReducer } from '../../src/state/rootReducer';
import { boundedMoves, movesArbitrary } from '../support/moves';
import { expectEqual, expectSame } from '../support/quickExpect';
import type { SimServer, Versions } from '../support/simServer';
import type { SimAction } from '../support/simWorld';
import { SimWorld } from '../support/simWorld';
import { recordsOf } from '../support/visible';

const reduce = createRootReducer('hudhud');
const selectors = createSelectors();
const versions = fc.constantFrom<Versions>('on', 'off', 'mixed');

/** What an action says is deleted. */
function deletedBy(action: SimAction): string[] {
  if (isType(action, conversationReceived)) {
    return action.payload.events.flatMap((event) =>
      event.type !== 'typing' && event.type !== 'reaction' && event.op === 'delete'
        ? [event.message.id]
        : [],
    );
  }
  const rows = isType(action, pageReceived)
    ? action.payload.messages
    : isType(action, messageFetched)
      ? [action.payload.message]
      : [];
  return rows.flatMap(({ id, deletedAt }) => (typeof deletedAt === 'number' ? [id] : []));
}

/** A list of channels that a slow request read when the n-th message was the last one. */
function listed(server: SimServer, n: number): SimAction {
  const last = server.messages[n % Math.max(1, server.messages.length)];
  const asked = { asOf: 1 + n, absentBefore: 0, oldestInFlight: null };
  const lastMessage =
    last === undefined
      ? null
      : { id: last.id, content: last.content, userId: null, username: null, createdAt: 1_000_000 };
  const channels = [{ id: 'general', name: `general ${n}`, lastMessage }];
  return channelsReceived({ ...asked, channels, complete: false });
}

function expectGone(state: HudhudState, ids: ReadonlySet<string>): void {
  const root = { hudhud: state };
  for (const row of recordsOf(state.messages, 'general')) {
    if (!ids.has(row.id)) continue;
    const { isDeleted, content, reactions, files, metadata, editedAt } = row;
    expectEqual(
      { isDeleted, content, reactions, files, metadata, editedAt },
      {
        ...{ isDeleted: true, content: '', reactions: [], files: [], metadata: {}, editedAt: null },
      },
    );
  }
  const shown = [
    ...selectors.selectMessages(root, 'general'),
    ...[...ids].flatMap((id) => selectors.selectReplies(root, 'general', id)),
  ].filter((row) => !row.isDeleted);
  for (const { id } of shown) expectSame(ids.has(id), false);
  const preview = selectors.selectChannelPreview(root, 'general');
  if (preview !== null) expectSame(ids.has(preview.id), false);
}

describe('a delete (L2)', () => {
  it('stays one when its tombstone is let go: no page and no reply that was on its way brings it back', () => {
    fc.assert(
      fc.property(versions, fc.boolean(), boundedMoves(60), (said, listsDeleted, moves) => {
        const world = new SimWorld({ versions: said, listsDeleted });
        let state = reduce(undefined, { type: 'start' });
        const deleted = new Set<string>();
        let seen = 0;
        for (const move of [{ kind: 'connect', a: 0, b: 0 } as const, ...moves]) {
          world.move(move);
          for (const action of world.actions.slice(seen)) {
            const trusted = selectors.selectTrustedFrom({ hudhud: state }, 'general');
            state = reduce(state, action);
            const asOf = (action.payload as Partial<Asked>).asOf ?? Infinity;
            // what was refused is asked for again: it was not heard
            if (asOf >= trusted) for (const id of deletedBy(action)) deleted.add(id);
            // and a list of channels that was on its way does not name it again
            expectGone(reduce(state, listed(world.server, move.a)), deleted);
          }
          seen = world.actions.length;
        }
      }),
      { numRuns: 300 },
    );
  });

  it('absorbs: nothing that comes later, however old, shows the message again', () => {
    fc.assert(
      fc.property(versions, fc.boolean(), movesArbitrary(60), (said, listsDeleted, moves) => {
        const world = new SimWorld({ versions: said, listsDeleted });
        let state = reduce(undefined, { type: 'start' });
        const deleted = new Set<string>();
        let seen = 0;
        for (const move of [{ kind: 'connect', a: 0, b: 0 } as const, ...moves]) {
          world.move(move);
          const news = world.actions.slice(seen);
          seen = world.actions.length;
          for (const action of [...news, listed(world.server, move.a)]) {
            state = reduce(state, action);
            for (const id of deletedBy(action)) deleted.add(id);
            expectGone(state, deleted);
          }
        }
        // everything once more, as a stream that resumes too early and requests that took for ever would bring it
        for (const action of world.actions) state = reduce(state, action);
        expectGone(state, deleted);
      }),
      { numRuns: 300 },
    );
  });
});
