import { describe, expect, it } from '@jest/globals';

import { createCounters } from '../../../src/platform/counters';

describe('createCounters', () => {
  it('counts in total and by label', () => {
    const counters = createCounters();
    counters.inc('events', 'ping');
    counters.inc('events', 'ping');
    counters.inc('events', 'typing');
    counters.inc('bytes', undefined, 120);
    expect(counters.snapshot()).toEqual({
      events: { total: 3, by: { ping: 2, typing: 1 } },
      bytes: { total: 120, by: {} },
    });
  });

  it('gives plain JSON that does not move on', () => {
    const counters = createCounters();
    counters.inc('drops', 'a');
    const before = counters.snapshot();
    counters.inc('drops', 'a');
    expect(before).toEqual({ drops: { total: 1, by: { a: 1 } } });
    expect(JSON.parse(JSON.stringify(before))).toEqual(before);
  });

  it('counts hostile labels like any other', () => {
    const counters = createCounters();
    counters.inc('rejections', '__proto__');
    counters.inc('rejections', 'constructor');
    expect(JSON.stringify(counters.snapshot())).toBe(
      '{"rejections":{"total":2,"by":{"__proto__":1,"constructor":1}}}',
    );
  });

  it('does not grow with labels from the wire', () => {
    const counters = createCounters();
    for (let i = 0; i < 1_000; i += 1) counters.inc('requests', `label${i}`);
    counters.inc('requests', 'label0');
    const { requests } = counters.snapshot();
    expect(Object.keys(requests?.by ?? {})).toHaveLength(65);
    expect(requests?.by['other']).toBe(936);
    expect(requests?.by['label0']).toBe(2);
    expect(requests?.total).toBe(1_001);
  });
});
