import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import type { UnknownAction } from '@reduxjs/toolkit';
import fc from 'fast-check';

import { connectionChanged } from '../../src/actions/connection';
import { isType } from '../../src/actions/define';
import type { ConversationEvent } from '../../src/actions/stream';
import { conversationReceived } from '../../src/actions/stream';
import { createSelectors } from '../../src/selectors/createSelectors';
import type { HudhudState } from '../../src/state/rootReducer';
import { createRootReducer } from '../../src/state/rootReducer';
import { anyAction, conversationEvent } from '../support/anyActions';
import { frozen } from '../support/frozen';
import { withoutChance } from '../support/withoutChance';
import { connection } from '../support/exampleData';
import { expectSame } from '../support/quickExpect';

const reduce = createRootReducer('hudhud');
const open = (epoch: number) =>
  (['main', 'channel:general'] as const).map((stream) => connection('open', epoch, stream));
const fold = (actions: readonly UnknownAction[], from?: HudhudState): HudhudState =>
  actions.reduce(reduce, from ?? reduce(undefined, { type: 'start' }));
const started = frozen(fold(open(1)));
const actions = fc.array(anyAction(4), { maxLength: 25, size: 'max' });
const shortLog = fc.array(anyAction(4), { maxLength: 10, size: 'max' });
const single = fc.array(anyAction(1), { maxLength: 40, size: 'max' });
const copy = <T>(state: T): T => JSON.parse(JSON.stringify(state)) as T;

const text = (state: HudhudState): string => JSON.stringify(state);

describe('the root reducer', () => {
  it('never throws, never writes to what it is given, and holds plain JSON only (L15, L16)', () => {
    fc.assert(
      fc.property(actions, (log) => {
        let state = started;
        for (const action of log) {
          state = frozen(reduce(state, frozen(action)));
        }
        // knows `undefined`, -0 and NaN from what JSON makes of them
        expectSame(isDeepStrictEqual(copy(state), state), true);
      }),
      { numRuns: 300 },
    );
  });

  it('gives the same state for the same log, and reads no clock and no chance (L13)', () => {
    fc.assert(
      fc.property(actions, (log) => {
        const first = text(fold(log, started));
        const second = withoutChance(() => text(fold(copy(log), copy(started))));
        expectSame(second, first);
      }),
      { numRuns: 300 },
    );
  });

  it('depends on nothing beside the state: a copy of the state between actions changes nothing (L13)', () => {
    fc.assert(
      fc.property(shortLog, (log) => {
        const copied = log.reduce((state, action) => copy(reduce(state, action)), copy(started));
        expectSame(text(copied), text(fold(log, started)));
      }),
      { numRuns: 300 },
    );
  });

  it('depends on nothing beside the state: another future of the same state leaves no trace (L13)', () => {
    fc.assert(
      fc.property(shortLog, shortLog, shortLog, (past, other, log) => {
        const state = fold(past, started);
        const expected = text(fold(log, copy(state)));
        fold(other, state);
        expectSame(text(fold(log, state)), expected);
      }),
      { numRuns: 300 },
    );
  });

  it('gives back the same state for an action that it has just seen (L14)', () => {
    fc.assert(
      fc.property(single, (log) => {
        let state = started;
        for (const action of log) {
          state = reduce(state, action);
          expectSame(reduce(state, action), state);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('gives back the same state for actions of others, whatever they carry (L14)', () => {
    const foreign = fc.oneof(
      anyAction(4).map((action) => ({ ...action, meta: { hudhud: 'other' } })),
      anyAction(4).map(({ type, payload }) => ({ type, payload })),
      fc.record({ type: fc.string(), payload: fc.jsonValue(), meta: fc.jsonValue() }),
    );
    fc.assert(
      fc.property(actions, foreign, (log, action) => {
        const state = fold(log, started);
        expectSame(reduce(state, action), state);
      }),
      { numRuns: 300 },
    );
  });

  it('leaves everything of other channels as it was when something happens in one (L14)', () => {
    const here = conversationEvent.map((event): ConversationEvent => {
      if (event.type === 'typing' || event.type === 'reaction') {
        return { ...event, channelId: 'general' };
      }
      return { ...event, message: { ...event.message, channelId: 'general' } };
    });
    const others = ({ messages, typing, channels, members }: HudhudState): unknown[] => [
      ...messages.channels.filter((log) => log.channelId !== 'general'),
      ...typing.filter(({ channelId }) => channelId !== 'general'),
      ...[channels, members],
    ];
    fc.assert(
      fc.property(actions, fc.array(here, { minLength: 1, maxLength: 5 }), (log, events) => {
        const state = fold(log, started);
        const from = { stream: 'main', epoch: 1, ordinal: 50 } as const;
        const action = conversationReceived({ ...from, events, viewerId: 'lina', receivedAt: 99 });
        const before = others(state);
        const after = others(reduce(state, action));
        expect(after).toHaveLength(before.length);
        for (const part of after)
          expectSame(
            before.some((known) => known === part),
            true,
          );
      }),
      { numRuns: 300 },
    );
  });

  it('lets nothing of a superseded connection have an effect (L12)', () => {
    fc.assert(
      fc.property(actions, actions, (log, late) => {
        const state = fold(open(2), fold(log, started));
        const stale = late.filter((action) => 'epoch' in (action.payload as object));
        expectSame(fold(stale, state), state);
      }),
      { numRuns: 300 },
    );
  });

  it('takes nothing from a stream that was never opened (L12)', () => {
    fc.assert(
      fc.property(actions, (log) => {
        const state = fold([]);
        const early = log.filter(
          (action) => 'epoch' in (action.payload as object) && !isType(action, connectionChanged),
        );
        expectSame(fold(early, state), state);
      }),
      { numRuns: 300 },
    );
  });
});

describe('selectors', () => {
  it('never throw, and give the same reference for the same state (L14, L16)', () => {
    const selectors = Object.values(createSelectors());
    fc.assert(
      fc.property(actions, fc.constantFrom('general', '__proto__', 'm1'), (log, id) => {
        const root = { hudhud: fold(log, started) };
        for (const select of selectors as ((...args: unknown[]) => unknown)[]) {
          expectSame(select(root, id, id), select({ ...root }, id, id));
        }
      }),
      { numRuns: 300 },
    );
  });
});
