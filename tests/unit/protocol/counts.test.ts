import { describe, expect, it } from '@jest/globals';

import { toCount, toCountOrNull } from '../../../src/protocol/counts';

describe('toCount', () => {
  it.each([
    [6, 6],
    ['6', 6],
    ['007', 7],
    [0, 0],
    [-0, 0],
    [null, undefined],
    [undefined, undefined],
  ])('reads %p', (value, expected) => {
    expect(toCount(value)).toBe(expected);
  });

  it.each(['', ' 6', '6.5', '-1', 'six', '1e3', true, {}, []])('refuses %p', (value) => {
    expect(toCount(value)).toBeNaN();
  });
});

describe('toCountOrNull', () => {
  it.each([
    ['2', 2],
    [-1, null],
    [1.5, null],
    [Infinity, null],
    ['x', null],
    [undefined, null],
  ])('reads %p', (value, expected) => {
    expect(toCountOrNull(value)).toBe(expected);
  });
});
