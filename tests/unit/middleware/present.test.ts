import { describe, expect, it } from '@jest/globals';
import { startRequested, stopRequested } from '../../../src/actions/command';
import { sessionEnded } from '../../../src/actions/session';
import { loadStarted } from '../../../src/actions/load';
import { createPresent, maxHeldEvents } from '../../../src/middleware/present';
import { presentRuntime } from '../../../src/middleware/presentRuntime';
import type { Runtime } from '../../../src/middleware/runtime';
import type { TimeTravel } from '../../../src/middleware/timeTravel';
import { createCounters } from '../../../src/platform/counters';
import { createFakePlatform } from '../../../src/testing';
import { nothingPending } from '../../support/connectionSetup';

const lookMs = 200;
const wish = (key: string) => loadStarted({ key }, 'hudhud');

/** The gate alone; the test says whether the store is away. */
function setUp() {
  const platform = createFakePlatform();
  const counters = createCounters();
  const at = { away: false, insists: false, adopted: false };
  const done: string[] = [];
  const note = (what: string) => () => {
    done.push(what);
  };
  const travel: TimeTravel = {
    isAway: () => at.away,
    pass: (action, handle) => handle(action),
    insist() {
      at.insists = true;
    },
    shown: () => undefined,
    noteReduced: () => undefined,
    isInsisting: () => at.insists,
    view: (root) => root,
    isAdopted: () => at.adopted,
    clearAdopted() {
      at.adopted = false;
    },
  };
  const runtime = { instance: 'hudhud', platform, counters };
  const present = createPresent(runtime, travel, {
    onLost: (stream) => done.push(`lost ${stream}`),
    onAdopted: note('adopted'),
  });
  const dispatch = present.around((action) => {
    const { type, payload } = action as { type: string; payload?: { key?: string } | null };
    done.push(payload?.key ?? type);
    return 'handled';
  });
  const comeBack = async () => {
    at.away = at.insists = false;
    await platform.advance(lookMs);
    await platform.advance(0);
  };
  return { platform, counters, at, done, note, present, dispatch, comeBack, runtime };
}

describe('the gate, in the present', () => {
  it('is open, and costs no timer', () => {
    const { present, dispatch, done, note, platform } = setUp();
    present.run(note('timer'));
    present.hear('main', 1, note('batch'));
    expect(dispatch(wish('wish'))).toBe('handled');
    expect(done).toEqual(['timer', 'batch', 'wish']);
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('starts and ends work at once', async () => {
    const { present, done, note } = setUp();
    const work = present.work(() => {
      note('started')();
      return Promise.resolve(7);
    });
    expect(done).toEqual(['started']);
    expect(await work).toBe(7);
    await expect(present.work(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  });
});

describe('the gate, in the past', () => {
  it('lets nothing through, and everything in order on the way back', async () => {
    const { present, dispatch, done, note, at, comeBack, platform } = setUp();
    at.away = true;
    present.run(note('timer'));
    present.hear('main', 1, note('batch'));
    const action = wish('wish');
    expect(dispatch(action)).toBe(action);
    present.hear('main', 1, note('later'));
    await platform.advance(60_000);
    expect(done).toEqual([]);
    await comeBack();
    expect(done).toEqual(['timer', 'batch', 'wish', 'later']);
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('is left by whatever comes first', () => {
    const { present, dispatch, done, note, at, platform } = setUp();
    at.away = true;
    present.hear('main', 1, note('batch'));
    at.away = false;
    dispatch(wish('wish'));
    expect(done).toEqual(['batch', 'wish']);
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('lets the host’s own actions through', () => {
    const { dispatch, done, at } = setUp();
    at.away = true;
    expect(dispatch({ type: 'host/did' })).toBe('handled');
    expect(done).toEqual(['host/did']);
  });

  it('runs nothing that was called off', async () => {
    const { present, done, note, at, comeBack } = setUp();
    at.away = true;
    const cancel = present.run(note('timer'));
    cancel();
    await comeBack();
    expect(done).toEqual([]);
  });

  it('closes again where the way back was a visit', async () => {
    const { present, done, note, at, comeBack } = setUp();
    at.away = true;
    present.run(() => {
      note('one')();
      at.away = true;
    });
    present.run(note('two'));
    await comeBack();
    expect(done).toEqual(['one']);
    await comeBack();
    expect(done).toEqual(['one', 'two']);
  });

  it('starts no work, and ends none', async () => {
    const { present, done, note, at, comeBack, platform } = setUp();
    let answer: (value: string) => void = () => undefined;
    const begun = present.work(() => new Promise<string>((resolve) => (answer = resolve)));
    void begun.then(note('answered'));
    at.away = true;
    void present.work(() => {
      note('asked')();
      return Promise.resolve();
    });
    answer('late');
    await platform.advance(60_000);
    expect(done).toEqual([]);
    await comeBack();
    expect(done.sort()).toEqual(['answered', 'asked']);
  });

  it('lets an answer be dealt with before what came after it', async () => {
    const { present, dispatch, done, note, at, comeBack } = setUp();
    let answer: (value: string) => void = () => undefined;
    const work = present.work(() => new Promise<string>((resolve) => (answer = resolve)));
    const dealt = work.then(async (value) => {
      await Promise.resolve();
      dispatch(wish(value));
    });
    at.away = true;
    answer('answer');
    await Promise.resolve();
    await Promise.resolve();
    present.hear('main', 1, note('batch'));
    await comeBack();
    await dealt;
    expect(done).toEqual(['answer', 'batch']);
  });

  it('goes on after something that throws', async () => {
    const { present, done, note, at, comeBack, counters } = setUp();
    at.away = true;
    present.run(() => {
      throw new Error('the host’s');
    });
    present.run(note('next'));
    await comeBack();
    expect(done).toEqual(['next']);
    expect(counters.snapshot().handlerErrors?.by).toEqual({ store: 1 });
  });
});

describe('what a stream says in the past', () => {
  it('is bounded; what follows on what was let go is let go too, and mended once', async () => {
    const { present, done, note, at, comeBack, counters } = setUp();
    at.away = true;
    present.hear('main', maxHeldEvents - 1, note('kept'));
    present.hear('main', 2, note('too much'));
    present.hear('main', 1, note('behind the gap'));
    present.hear('channel:a', 1, note('another stream'));
    expect(counters.snapshot().drops?.by).toEqual({ time_travel: 3 });
    await comeBack();
    expect(done).toEqual(['kept', 'another stream', 'lost main']);
    at.away = true;
    present.hear('main', maxHeldEvents, note('again'));
    await comeBack();
    expect(done.at(-1)).toBe('again');
  });

  it('is bounded by how often it says something as well', async () => {
    const { present, done, note, at, comeBack } = setUp();
    at.away = true;
    for (let n = 0; n <= maxHeldEvents; n += 1) present.hear('main', 0, note('changed'));
    await comeBack();
    expect(done).toHaveLength(maxHeldEvents + 1);
    expect(done.at(-1)).toBe('lost main');
  });

  it('is begun anew where the store goes on from another state', () => {
    const { dispatch, done, at } = setUp();
    at.adopted = true;
    dispatch(wish('wish'));
    expect(done).toEqual(['adopted', 'wish']);
  });
});

describe('stopping in the past', () => {
  it('tells first what was heard, then stops, then lets the rest end; without a timer', () => {
    const { present, dispatch, done, note, at, platform } = setUp();
    at.away = true;
    dispatch(wish('wish'));
    present.run(note('timer'));
    present.hear('main', 1, note('batch'));
    dispatch(stopRequested(null));
    expect(done).toEqual(['batch', 'command/stopRequested', 'wish', 'timer']);
    dispatch(wish('after'));
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('is looked back from once it is started again', async () => {
    const { dispatch, done, at, comeBack } = setUp();
    at.away = true;
    dispatch(stopRequested(null));
    dispatch(startRequested(null));
    await comeBack();
    expect(done).toEqual(['command/stopRequested', 'command/startRequested']);
  });

  it('forgets what is nobody’s any more at sign-out', () => {
    const { present, dispatch, done, note, at } = setUp();
    at.away = true;
    dispatch(wish('wish'));
    present.hear('main', 1, note('batch'));
    present.run(note('timer'));
    dispatch(sessionEnded({ reason: 'logout' }));
    expect(done).toEqual(['session/ended', 'timer']);
  });
});

describe('the runtime in the present', () => {
  it('has timers, a network and a page that wait', async () => {
    const { present, at, comeBack, done, note, runtime, platform } = setUp();
    const surroundings = {
      subscribe: (listener: (event: 'ONLINE') => void) =>
        platform.online.subscribe(() => {
          listener('ONLINE');
        }),
    };
    const parts = { ...runtime, surroundings, storage: platform.storage };
    const inPresent = presentRuntime(parts as unknown as Runtime, present);
    inPresent.platform.timers.after(10, note('timer'));
    const cancel = inPresent.platform.timers.after(10, note('called off'));
    inPresent.platform.online.subscribe(note('online'));
    const leave = inPresent.platform.visibility.subscribe(note('hidden'));
    inPresent.surroundings.subscribe(note('around'));
    at.away = true;
    await platform.advance(20);
    platform.setOnline(false);
    platform.setVisible(false);
    cancel();
    leave();
    expect(done).toEqual([]);
    await comeBack();
    expect(done).toEqual(['timer', 'online', 'around']);
  });

  it('has a storage that answers there', async () => {
    const { present, at, comeBack, done, note, runtime, platform } = setUp();
    const parts = { ...runtime, storage: platform.storage };
    const { storage } = presentRuntime(parts as unknown as Runtime, present);
    await storage.write('space', [{ put: 'a', value: 1 }]);
    at.away = true;
    const read = storage.read('space');
    void read.then(note('read'));
    await platform.settle();
    expect(done).toEqual([]);
    await comeBack();
    expect([...(await read)]).toEqual([['a', 1]]);
    storage.close();
  });
});
