import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { batchToActions } from '../../src/actions/batchToActions';
import { defaultFlags } from '../../src/flags';
import { decodeFrame } from '../../src/protocol/decodeFrame';
import type { ServerEvent } from '../../src/protocol/serverEvents';
import { serverEventTypes } from '../../src/protocol/serverEvents';
import type { HudhudState } from '../../src/state/rootReducer';
import { createRootReducer } from '../../src/state/rootReducer';
import { frozen } from '../support/frozen';
import { hostileJson, messageFrame } from '../support/wireArbitraries';
import { connection } from '../support/exampleData';
import { expectSame } from '../support/quickExpect';

const reduce = createRootReducer('hudhud');
const started = reduce(reduce(undefined, { type: 'start' }), connection('open'));

/** What a frame comes to: an event or, for most frames, nothing. */
function decode(event: string | null, data: string): ServerEvent[] {
  const result = decodeFrame({ event, data });
  return 'event' in result ? [result.event] : [];
}

/** As the middleware does it: a batch becomes actions, the reducer folds them. */
function take(state: HudhudState, events: readonly ServerEvent[], ordinal: number): HudhudState {
  const batch = {
    ...({
      stream: 'main',
      epoch: 1,
      events,
      rejected: [],
      lastEventId: null,
      receivedAt: 1,
    } as const),
  };
  const { actions } = batchToActions(frozen(batch), {
    ...{ instance: 'hudhud', ordinal, viewerId: 'lina', flags: defaultFlags },
  });
  return actions.reduce((next, action) => frozen(reduce(next, frozen(action))), state);
}

describe('whatever the stream says (L15, L16)', () => {
  const name = fc.constantFrom(null, ...serverEventTypes);
  const hostile = fc.tuple(name, hostileJson).map(([event, data]) => decode(event, data));
  const wellMeant = messageFrame.map(({ event, payload }) =>
    decode(event, JSON.stringify(payload)),
  );
  const frames = fc.array(fc.oneof(hostile, wellMeant), { maxLength: 20, size: 'max' });

  it('is taken without a throw, and what comes of it is plain JSON', () => {
    let taken = 0;
    fc.assert(
      fc.property(frames, (decoded) => {
        let state = frozen(started);
        decoded.forEach((events, i) => {
          taken += events.length;
          state = take(state, events, 1 + i);
        });
        expectSame(isDeepStrictEqual(JSON.parse(JSON.stringify(state)), state), true);
      }),
      { numRuns: 300 },
    );
    // frames that come to nothing prove nothing
    expect(taken).toBeGreaterThan(1000);
  });

  it('changes nothing where it was rejected', () => {
    expectSame(
      take(started, decode('message', '{"id":"__proto__","channelId":"c","content":"x"}'), 1),
      started,
    );
    expectSame(
      take(started, decode('presence', '{"userId":"constructor","status":"online"}'), 1),
      started,
    );
  });
});
