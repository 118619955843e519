import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createPseudonyms, makeKey } from '../../../src/replay/pseudonyms';
import { sipHash } from '../../../src/replay/siphash';

describe('sipHash', () => {
  // with the key 00 01 … 0f; checked against OpenSSL (`openssl mac -macopt size:8 SIPHASH`), bytes the other way around
  it.each([
    ['', '726fdb47dd0e0e31'],
    ['a', 'bfe40170b993de01'],
    ['ab', '0f8ecde45ba29916'],
    ['abc', '74df8e6043d31f54'],
    ['abcd', '87269251a297d87f'],
    ['the build is green again', '14f07140ed3355d1'],
    ['صباح الخير', '6eaaaba3d937f8f1'],
    ['👍', '0534631a782206a6'],
  ])('%j', (text, hash) => {
    expect(sipHash(text, [0x03020100, 0x07060504, 0x0b0a0908, 0x0f0e0d0c])).toBe(hash);
  });
});

describe('pseudonyms', () => {
  const { text, number } = createPseudonyms(makeKey());
  const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^\s*\w?\s*$/));

  it('are equal for equal texts, and for no others', () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        expect(text(a) === text(b)).toBe(a === b);
        expect(text(a).trim() === text(b).trim()).toBe(a.trim() === b.trim());
        expect(text(a).trim() === '').toBe(a.trim() === '');
      }),
      { numRuns: 1_000 },
    );
  });

  it('tell how long a text is, and nothing else of it', () => {
    expect(text('صباح الخير')).toMatch(/^~[0-9a-f]{16}\.10$/);
    expect(text('x'.repeat(5_000))).toMatch(/^~[0-9a-f]{16}\.5000$/);
  });

  it('keep the blanks around a text, whatever is in it', () => {
    expect(text(' \n$& $1\t')).toMatch(/^ \n~[0-9a-f]{16}\.5\t$/);
    expect(text('  ')).toBe('  ');
  });

  it('leave numbers numbers', () => {
    expect(number(5)).toBe(number(5));
    expect(number(5)).not.toBe(number(6));
    expect(Number.isSafeInteger(number(-1.5))).toBe(true);
  });

  it('mean something else under another key', () => {
    const other = createPseudonyms(makeKey());
    expect(other.text('good morning')).not.toBe(text('good morning'));
  });

  it('stay the same however many there are', () => {
    const first = text('name 0');
    for (let i = 0; i < 5_000; i++) text(`name ${i}`);
    expect(text('name 0')).toBe(first);
  });
});
