import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createPlayer } from '../../src/replay/player';
import { readLog } from '../../src/replay/readLog';
import { createMemorySink } from '../../src/replay/sinks';
import { anyAction } from '../support/anyActions';
import { anyWish } from '../support/anyWishes';
import { expectEqual } from '../support/quickExpect';
import { createRecordedStore, jumped } from '../support/recordedStore';
import { withoutChance } from '../support/withoutChance';

const step = fc.oneof(
  { weight: 8, arbitrary: anyAction(2) },
  { weight: 4, arbitrary: anyWish },
  fc.constant(jumped()),
  fc.constant({ type: 'todos/added', payload: 1 }),
  fc.constant('flush' as const),
);
const options = fc.record({
  checkpointEvery: fc.integer({ min: 1, max: 9 }),
  maxActions: fc.constantFrom(8, 40, 1_000),
  level: fc.constantFrom('domain' as const, 'full' as const),
  redaction: fc.constantFrom('none' as const, 'pseudonyms' as const),
});

/** Plays a log, with every clock and every source of chance throwing. */
function replay(text: string) {
  const log = readLog(text);
  return withoutChance(() => {
    const player = createPlayer(log);
    expectEqual(player.verify(), []);
    player.seek(player.last);
    return player;
  });
}

it('whatever happened, a log can be replayed and comes to the same (L13)', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 50, size: 'max' }), options, (steps, chosen) => {
      const sink = createMemorySink();
      const { recorder, store, live } = createRecordedStore({ ...chosen, sink });
      for (const one of steps) {
        if (one === 'flush') recorder.flush();
        else store.dispatch(one);
      }
      const player = replay(recorder.export());
      expect(recorder.stats().held).toBeLessThanOrEqual(chosen.maxActions);
      if (chosen.redaction === 'none') expectEqual(player.state, live());
      expectEqual(replay(sink.text()).state, player.state);
    }),
    { numRuns: 80 },
  );
});
