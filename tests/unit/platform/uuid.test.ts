import { describe, expect, it } from '@jest/globals';
import { systemRandom } from '../../../src/platform/random';
import { makeUuid } from '../../../src/platform/uuid';
import { isId } from '../../../src/protocol/ids';
import { createSeededRandom } from '../../../src/testing';

const form = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('makeUuid', () => {
  it('has the form of version 4, at the ends of chance too', () => {
    const always = (value: number) => makeUuid({ next: () => value });
    expect(always(0)).toBe('00000000-0000-4000-8000-000000000000');
    expect(always(1 - 2 ** -53)).toBe('ffffffff-ffff-4fff-bfff-ffffffffffff');
    for (let i = 0; i < 200; i += 1) expect(makeUuid(systemRandom)).toMatch(form);
  });

  it('makes ids that the protocol takes, all of them different', () => {
    const random = createSeededRandom(7);
    const made = Array.from({ length: 2_000 }, () => makeUuid(random));
    expect(new Set(made).size).toBe(made.length);
    expect(made.every((id) => isId(id))).toBe(true);
  });

  it('repeats with its seed', () => {
    expect(makeUuid(createSeededRandom(3))).toBe(makeUuid(createSeededRandom(3)));
  });
});
