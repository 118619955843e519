import { describe, expect, it } from '@jest/globals';

import { createKeyedTimers } from '../../../src/platform/keyedTimers';
import { createFakePlatform } from '../../../src/testing';

describe('keyed timers', () => {
  const start = () => {
    const platform = createFakePlatform();
    const rung: string[] = [];
    const keyed = createKeyedTimers(platform.timers);
    const ring = (name: string) => () => rung.push(name);
    return { platform, rung, keyed, ring };
  };

  it('ring once each; a second one of a key takes the place of the first', async () => {
    const { platform, rung, keyed, ring } = start();
    keyed.after('a', 10, ring('first'));
    keyed.after('b', 15, ring('other'));
    keyed.after('a', 20, ring('second'));
    await platform.advance(60);
    expect(rung).toEqual(['other', 'second']);
  });

  it('can be set anew as they ring', async () => {
    const { platform, rung, keyed, ring } = start();
    keyed.after('a', 10, () => {
      ring('first')();
      keyed.after('a', 10, ring('second'));
    });
    await platform.advance(30);
    expect(rung).toEqual(['first', 'second']);
  });

  it('are silent once cleared, and hold nothing', async () => {
    const { platform, rung, keyed, ring } = start();
    keyed.after('a', 10, ring('a'));
    keyed.clear();
    expect(platform.pending().timers).toBe(0);
    await platform.advance(30);
    expect(rung).toEqual([]);
  });
});
