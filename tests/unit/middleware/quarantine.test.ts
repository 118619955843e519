import { describe, expect, it } from '@jest/globals';
import { createQuarantine } from '../../../src/middleware/quarantine';
import type { RejectedFrame } from '../../../src/protocol/batch';

const bad = (size: number): RejectedFrame => ({
  reason: 'invalid_json',
  eventType: null,
  size,
  sample: '',
});

describe('createQuarantine', () => {
  it('keeps the newest hundred', () => {
    const quarantine = createQuarantine();
    quarantine.add(Array.from({ length: 60 }, (_, at) => bad(at)));
    quarantine.add(Array.from({ length: 60 }, (_, at) => bad(60 + at)));
    const held = quarantine.list();
    expect(held).toHaveLength(100);
    expect(held[0]?.size).toBe(20);
    expect(held.at(-1)?.size).toBe(119);
  });

  it('is the same list while nothing comes', () => {
    const quarantine = createQuarantine();
    const before = quarantine.list();
    quarantine.add([]);
    expect(quarantine.list()).toBe(before);
  });
});
