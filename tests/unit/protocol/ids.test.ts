import { describe, expect, it } from '@jest/globals';

import { isId, maxIdLength } from '../../../src/protocol/ids';

describe('isId', () => {
  it.each(['3d1f7a52-9b57-4c0f-8a77-0e3b9d4c2b02', '1', '👍', 'x'.repeat(maxIdLength)])(
    'takes %p',
    (value) => {
      expect(isId(value)).toBe(true);
    },
  );

  it.each(Object.getOwnPropertyNames(Object.prototype))('refuses the inherited name %p', (name) => {
    expect(isId(name)).toBe(false);
  });

  it.each(['', 'x'.repeat(maxIdLength + 1), 7, null, undefined, {}, ['a']])(
    'refuses %p',
    (value) => {
      expect(isId(value)).toBe(false);
    },
  );
});
