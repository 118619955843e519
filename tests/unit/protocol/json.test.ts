import { describe, expect, it } from '@jest/globals';

import { toMetadata, toPlainJson } from '../../../src/protocol/json';

describe('toPlainJson', () => {
  it('copies plain JSON', () => {
    const value = { a: [1, 'x', true, null, { b: {} }] };
    expect(toPlainJson(value)).toEqual(value);
    expect(toPlainJson(value)).not.toBe(value);
  });

  it('drops keys that every object inherits, at any depth', () => {
    const value: unknown = JSON.parse('{"a":{"__proto__":{"x":1},"constructor":1,"ok":2}}');
    expect(toPlainJson(value)).toEqual({ a: { ok: 2 } });
    expect(Object.getPrototypeOf({})).not.toHaveProperty('x');
  });

  it('keeps eight levels', () => {
    const value: unknown = JSON.parse('{"a":'.repeat(20) + '1' + '}'.repeat(20));
    expect(JSON.stringify(toPlainJson(value))).toBe('{"a":'.repeat(8) + 'null' + '}'.repeat(8));
  });

  it('writes no number that JSON cannot', () => {
    expect(toPlainJson(JSON.parse('[1e999,-1e999,-0]'))).toEqual([null, null, 0]);
  });

  it('takes nothing but JSON', () => {
    expect(toPlainJson({ a: undefined, b: () => 1 })).toEqual({ a: null, b: null });
  });
});

describe('toMetadata', () => {
  it('hands back what is no object, for the schema to refuse', () => {
    expect(toMetadata('x')).toBe('x');
    expect(toMetadata([1])).toEqual([1]);
  });

  it('gives one empty object for all', () => {
    expect(toMetadata({})).toBe(toMetadata({}));
  });
});
