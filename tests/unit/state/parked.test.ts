import { describe, expect, it } from '@jest/globals';

import type { ParkedFact, ParkedMessage } from '../../../src/state/parked';
import { nothingParked, park } from '../../../src/state/parked';
import { deleted, edited, reacted } from '../../support/exampleData';
import { frozen } from '../../support/frozen';

const fact = (o: number, event: ParkedFact['event']): ParkedFact => ({ o, event, own: false });
const parkAll = (id: string, facts: readonly ParkedFact[]) =>
  facts.reduce(
    (all, one) => {
      const { parked, dropped } = park(all.parked, id, frozen(one));
      return { parked: frozen(parked), dropped: [...all.dropped, ...dropped] };
    },
    { parked: nothingParked, dropped: [] as ParkedFact[] },
  );
const ordinals = (parked: readonly ParkedMessage[]): number[] =>
  parked.flatMap(({ facts }) => facts.map(({ o }) => o));

describe('park', () => {
  it('keeps the changes of a message in their order', () => {
    const { parked } = parkAll('m1', [fact(1, edited('m1', {})), fact(2, reacted('m1', 'u1'))]);
    expect(ordinals(parked)).toEqual([1, 2]);
  });

  it('takes the same fact once', () => {
    const { parked } = parkAll('m1', [fact(1, edited('m1', {}))]);
    expect(park(parked, 'm1', fact(1, edited('m1', {}))).parked).toBe(parked);
  });

  it('keeps of a deleted message where it stands and how many replies it has', () => {
    const { parked } = parkAll('m1', [
      fact(1, edited('m1', { content: 'secret' })),
      fact(2, edited('m1', { threadCount: 2 })),
      fact(3, deleted('m1')),
      fact(4, edited('m1', { content: 'more' })),
      fact(5, reacted('m1', 'u1')),
      fact(6, edited('m1', { threadCount: 3 })),
      fact(7, deleted('m1')),
    ]);
    expect(ordinals(parked)).toEqual([2, 3, 6]);
  });

  it('lets go of the oldest fact of a message beyond 32, and says so', () => {
    const facts = Array.from({ length: 34 }, (_, i) => fact(i, reacted('m1', `u${i}`)));
    const { parked, dropped } = parkAll('m1', facts);
    expect(ordinals(parked)).toHaveLength(32);
    expect(dropped.map(({ o }) => o)).toEqual([0, 1]);
  });

  it('never lets go of a delete for the sake of what is said of its tombstone', () => {
    const counts = Array.from({ length: 40 }, (_, i) => fact(i, edited('m1', { threadCount: i })));
    const { parked } = parkAll('m1', [fact(100, deleted('m1')), ...counts]);
    expect(ordinals(parked)).toHaveLength(32);
    expect(ordinals(parked)).toContain(100);
  });

  it('lets go of the oldest message beyond 256, and says so', () => {
    let parked = nothingParked;
    for (let i = 0; i < 256; i++) {
      parked = park(parked, `m${i}`, fact(i, edited(`m${i}`, {}))).parked;
    }
    const { parked: next, dropped } = park(parked, 'new', fact(256, deleted('new')));
    expect(next).toHaveLength(256);
    expect(dropped.map(({ o }) => o)).toEqual([0]);
  });
});
