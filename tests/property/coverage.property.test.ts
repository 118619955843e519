import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { connectionChanged } from '../../src/actions/connection';
import { isType } from '../../src/actions/define';
import { historyEvicted } from '../../src/actions/eviction';
import { messageFetched, pageReceived } from '../../src/actions/history';
import { conversationReceived } from '../../src/actions/stream';
import type { MessageFact } from '../../src/protocol/models';
import type { MessagesState } from '../../src/state/messagesState';
import { messagesReducer } from '../../src/state/messages';
import type { Window } from '../../src/state/windows';
import { boundedMoves, movesArbitrary } from '../support/moves';
import { NaiveCoverage, claimed } from '../support/naiveCoverage';
import { expectAtMost, expectEqual, expectSame } from '../support/quickExpect';
import type { Versions } from '../support/simServer';
import type { Move, SimAction } from '../support/simWorld';
import { SimWorld } from '../support/simWorld';
import { recordsOf, rowsOf, shownByServer, visibleOfRecord } from '../support/visible';

const initial = (): MessagesState => messagesReducer(undefined, { type: 'start' });
const versions = fc.constantFrom<Versions>('on', 'off', 'mixed');

const timelinesOf = (state: MessagesState) =>
  state.channels.find((log) => log.channelId === 'general')?.timelines ?? [];
const windowsOf = (state: MessagesState, parentId: string | null): readonly Window[] =>
  timelinesOf(state).find((timeline) => timeline.parentId === parentId)?.windows ?? [];

/** Plays moves one by one and looks at the state after each. */
function watch(
  world: SimWorld,
  moves: readonly Move[],
  look: (state: MessagesState, action: SimAction, before: MessagesState) => void,
): MessagesState {
  let state = initial();
  let seen = 0;
  for (const move of [{ kind: 'connect', a: 0, b: 0 } as const, ...moves]) {
    world.move(move);
    for (const action of world.actions.slice(seen)) {
      const before = state;
      state = messagesReducer(state, action);
      look(state, action, before);
    }
    seen = world.actions.length;
  }
  return state;
}

/** Tells the naive coverage of every timeline what an action says of it. */
class Surveyor {
  private readonly coverages = new Map<string | null, NaiveCoverage>();
  private readonly end: number;
  /** What was asked for before is not taken: something was let go since. */
  private trustedFrom = 0;

  constructor(end: number) {
    this.end = end;
  }

  of(parentId: string | null): NaiveCoverage {
    let coverage = this.coverages.get(parentId);
    if (coverage === undefined) {
      coverage = new NaiveCoverage(this.end);
      this.coverages.set(parentId, coverage);
    }
    return coverage;
  }

  hear(action: SimAction, before: MessagesState, after: MessagesState): void {
    const held = new Set(recordsOf(before, 'general').map(({ id }) => id));
    const isNew = ({ id }: MessageFact): boolean =>
      !held.has(id) && recordsOf(after, 'general').some((row) => row.id === id);
    if (isType(action, conversationReceived)) {
      for (const event of action.payload.events) {
        if (event.type === 'typing' || event.type === 'reaction' || event.op !== 'create') continue;
        const { id, parentId, createdAt } = event.message;
        this.of(parentId ?? null).told(createdAt ?? 0, isNew(event.message));
        held.add(id);
      }
    } else if (isType(action, historyEvicted)) {
      if (after === before) return;
      const left = new Set(timelinesOf(after).map(({ parentId }) => parentId));
      for (const [parentId, coverage] of this.coverages) {
        if (!left.has(parentId)) coverage.evicted(null);
        else if (parentId === null) coverage.evicted(action.payload.channels[0]?.before ?? null);
      }
      this.trustedFrom = action.payload.ordinal;
    } else if (isType(action, pageReceived)) {
      if (action.payload.asOf < this.trustedFrom) return;
      const { parentId, range, messages } = action.payload;
      // a row that is not taken is newer than a page that is: the stream has yet to tell of it
      const taken = recordsOf(after, 'general').map(({ id }) => id);
      const last = messages.findLast(({ id }) => taken.includes(id))?.createdAt ?? null;
      const isCut = range.to !== null && messages.at(-1)?.createdAt === range.to;
      // of a page from the beginning of which nothing is taken, nothing is left: it does not reach now
      const cut = last ?? range.from ?? -Infinity;
      this.of(parentId).page(isCut ? { ...range, to: cut } : range, last);
      for (const row of messages.filter(isNew)) this.of(parentId).held(row.createdAt ?? 0);
    } else if (isType(action, messageFetched)) {
      const { message } = action.payload;
      if (isNew(message)) this.of(message.parentId ?? null).held(message.createdAt ?? 0);
    } else if (isType(action, connectionChanged) && action.payload.phase !== 'open') {
      for (const coverage of this.coverages.values()) coverage.closed();
    }
  }
}

describe('coverage (L6)', () => {
  it('claims the moments that pages and the unbroken stream told of, and no others', () => {
    fc.assert(
      fc.property(versions, boundedMoves(60), (said, moves) => {
        const surveyor = new Surveyor(200);
        watch(new SimWorld({ versions: said }), moves, (state, action, before) => {
          surveyor.hear(action, before, state);
          for (const { parentId, windows } of timelinesOf(state)) {
            expectEqual(claimed(windows, 200), surveyor.of(parentId).known());
          }
        });
      }),
      { numRuns: 300 },
    );
  });

  it('is true: inside a window no message that the server has is unknown or taken for deleted', () => {
    fc.assert(
      fc.property(versions, boundedMoves(80), (said, moves) => {
        const world = new SimWorld({ versions: said });
        watch(world, moves, (state) => {
          const onTheWay = new Set(
            world.undelivered.map((e) => (e.type === 'reaction' ? '' : e.message.id)),
          );
          for (const { parentId, windows } of timelinesOf(state)) {
            const shown = new Set(
              rowsOf(state, 'general', parentId).flatMap((row) => (row.isDeleted ? [] : [row.id])),
            );
            for (const { id, createdAt, deletedAt } of world.server.timeline(parentId)) {
              if (deletedAt !== null || onTheWay.has(id)) continue;
              if (claimed(windows, createdAt).includes(createdAt)) expectSame(shown.has(id), true);
            }
          }
        });
      }),
      { numRuns: 300 },
    );
  });

  it('is in order: windows do not overlap, and every message held lies in one', () => {
    fc.assert(
      fc.property(versions, boundedMoves(60), (said, moves) => {
        watch(new SimWorld({ versions: said }), moves, (state) => {
          for (const { windows, segments } of timelinesOf(state)) {
            windows.forEach((window, i) => {
              const next = windows[i + 1];
              if (next !== undefined) expectAtMost(window.to ?? Infinity, next.from ?? -Infinity);
            });
            for (const { createdAt } of segments.flat()) {
              const isIn = windows.some(
                ({ from, to }) => (from ?? -Infinity) <= createdAt && createdAt <= (to ?? Infinity),
              );
              expectSame(isIn, true);
            }
          }
        });
      }),
      { numRuns: 300 },
    );
  });

  it('has a gap after every break in which a message was lost, and none after paging back', () => {
    const some = fc.integer({ min: 1, max: 4 });
    fc.assert(
      fc.property(versions, movesArbitrary(30), some, some, (said, moves, lost, after) => {
        const world = new SimWorld({ versions: said });
        const say = (kind: Move['kind'], times = 1) => {
          for (let i = 0; i < times; i++) world.move({ kind, a: 0, b: 1 });
        };
        for (const move of moves) world.move(move);
        say('connect');
        say('create');
        say('settle');
        say('disconnect');
        say('create', lost);
        say('connect');
        say('create', after);
        say('settle');
        let state = world.actions.reduce(messagesReducer, initial());
        expect(windowsOf(state, null).length).toBeGreaterThan(1);
        world.refetchAll();
        state = world.actions.reduce(messagesReducer, initial());
        expectEqual(windowsOf(state, null), [{ from: null, to: null }]);
      }),
      { numRuns: 300 },
    );
  });

  it('is as if nothing had ever been let go, once what is missing was read again', () => {
    const shown = (actions: readonly SimAction[], parentId: string | null) => {
      const state = actions.reduce(messagesReducer, initial());
      return rowsOf(state, 'general', parentId)
        .filter((row) => !row.isDeleted)
        .map(visibleOfRecord);
    };
    fc.assert(
      fc.property(versions, boundedMoves(60), (said, moves) => {
        const world = new SimWorld({ versions: said });
        for (const move of moves) world.move(move);
        world.refetchAll();
        const unbounded = world.actions.filter((action) => !isType(action, historyEvicted));
        const threads = world.server.messages.filter(({ parentId }) => parentId === null);
        for (const parentId of [null, ...threads.map(({ id }) => id)]) {
          const rows = shown(world.actions, parentId);
          expectEqual(rows, shown(unbounded, parentId));
          expectEqual(rows, shownByServer(world.server, parentId));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is within bounds where it has to be: nothing from before the moment is held, and the size is told right', () => {
    fc.assert(
      fc.property(versions, boundedMoves(60), (said, moves) => {
        watch(new SimWorld({ versions: said }), moves, (state, action) => {
          const log = state.channels.find(({ channelId }) => channelId === 'general');
          expectSame(log?.size ?? 0, recordsOf(state, 'general').length);
          if (!isType(action, historyEvicted)) return;
          const before = action.payload.channels[0]?.before ?? Infinity;
          const times = rowsOf(state, 'general', null).map(({ createdAt }) => createdAt);
          expect(Math.min(...times)).toBeGreaterThanOrEqual(log === undefined ? 0 : before);
        });
      }),
      { numRuns: 300 },
    );
  });
});
