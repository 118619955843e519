import { describe, expect, it } from '@jest/globals';
import { HandPatches } from '../../../../src/middleware/patch/handPatches';

const cutTo = (length: number) => [{ op: 'replace', path: ['length'], value: length }];

describe('patches by hand', () => {
  it('are told from what undoes them, each for itself', () => {
    const hand = new HandPatches();
    hand.add('a', [1], [1, 2]);
    hand.add('a', [1, 2], [1, 2, 3]);
    expect(hand.isStanding('a')).toBe(true);
    expect(hand.takeBack('b', cutTo(1))).toBeNull();
    expect(hand.takeBack('a', [{ op: 'add', path: [0], value: 1 }])).toBeNull();
    expect(hand.takeBack('a', cutTo(2))).toBe('standing');
    expect(hand.takeBack('a', cutTo(2))).toBeNull();
    expect(hand.takeBack('a', cutTo(1))).toBe('standing');
    expect(hand.isStanding('a')).toBe(false);
  });

  it('are gone once they were written over, in one answer alone', () => {
    const hand = new HandPatches();
    hand.add('a', [1], [1, 2]);
    hand.add('b', [1], [1, 2]);
    hand.writtenOver('a');
    hand.add('a', [5], [5, 6]);
    expect(hand.isStanding('a')).toBe(true);
    const undo = cutTo(1);
    // the newest first, of two that it could be
    expect(hand.takeBack('a', undo)).toBe('standing');
    expect(hand.takeBack('a', cutTo(1))).toBe('gone');
    expect(hand.takeBack('a', undo)).toBe('gone');
    expect(hand.takeBack('b', cutTo(1))).toBe('standing');
  });

  it('are nothing that is no list, or about a place that is not there', () => {
    const hand = new HandPatches();
    hand.add('a', { x: 1 }, { x: 2 });
    expect(hand.takeBack('a', undefined)).toBeNull();
    expect(hand.takeBack('a', [{ op: 'replace', path: ['y', 'z'], value: 1 }])).toBeNull();
  });

  it('are remembered for a while, and not beyond a session', () => {
    const hand = new HandPatches();
    hand.add('a', [1], [1, 2]);
    for (let i = 0; i < 64; i++) hand.add('b', [i], [i, i]);
    expect(hand.takeBack('a', cutTo(1))).toBeNull();
    expect(hand.isStanding('b')).toBe(true);
    hand.clear();
    expect(hand.isStanding('b')).toBe(false);
  });
});
