import { describe, expect, it } from '@jest/globals';
import { createOrdinals } from '../../../src/middleware/ordinals';

describe('createOrdinals', () => {
  it('counts observations and starts of requests in one row', () => {
    const ordinals = createOrdinals(5_000);
    expect(ordinals.next()).toBe(1);
    ordinals.take(4, 0);
    expect(ordinals.ask(0).answer().asOf).toBe(4);
    expect(ordinals.next()).toBe(5);
  });

  it('takes what was seen during the tolerance for too fresh to be missed', () => {
    const ordinals = createOrdinals(5_000);
    ordinals.take(4, 1_000);
    ordinals.take(8, 2_000);
    expect(ordinals.ask(6_000).answer()).toMatchObject({ asOf: 8, absentBefore: 1 });
    expect(ordinals.ask(6_001).answer()).toMatchObject({ asOf: 9, absentBefore: 4 });
    expect(ordinals.ask(60_000).answer()).toMatchObject({ asOf: 10, absentBefore: 10 });
  });

  it('has no tolerance where none is wanted', () => {
    const ordinals = createOrdinals(0);
    ordinals.take(4, 1_000);
    expect(ordinals.ask(1_001).answer()).toMatchObject({ asOf: 4, absentBefore: 4 });
  });

  it('knows the oldest request that is still under way when an answer comes', () => {
    const ordinals = createOrdinals(5_000);
    const first = ordinals.ask(0);
    const second = ordinals.ask(0);
    const third = ordinals.ask(0);
    expect(third.answer().oldestInFlight).toBe(1);
    first.fail();
    first.fail();
    expect(second.answer().oldestInFlight).toBeNull();
    expect(first.answer().oldestInFlight).toBeNull();
  });
});
