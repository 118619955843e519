import { describe, expect, it } from '@jest/globals';
import { createOutboxLedger } from '../../../src/middleware/outboxLedger';
import type { OutboxState } from '../../../src/state/outboxState';
import { discarded, foldOutbox, retried, sendWished } from '../../support/wishes';

const many = Array.from({ length: 5_000 }, (_unused, i) => `op${i}`);

function setup(held: OutboxState = foldOutbox([])) {
  return createOutboxLedger(() => held);
}

describe('a ledger', () => {
  it('knows nothing of what is another tab’s now', () => {
    const ledger = setup();
    ledger.set('a', 'ready');
    ledger.set('b', 'done');
    ledger.set('c', 'busy');
    ledger.forget(['a', 'b', 'unknown']);
    expect(['a', 'b', 'c'].map((opId) => ledger.has(opId))).toEqual([false, false, true]);
  });

  it('knows what it was told last, and nothing once it is cleared', () => {
    const ledger = setup();
    expect(ledger.isEmpty()).toBe(true);
    ledger.set('a', 'ready');
    ledger.set('b', 'busy');
    ledger.set('c', 'done');
    expect(['a', 'b', 'c', 'd'].map((opId) => ledger.get(opId))).toEqual([
      'ready',
      'busy',
      'done',
      undefined,
    ]);
    ledger.set('c', 'ready');
    ledger.set('a', 'done');
    expect(['a', 'c'].map((opId) => ledger.get(opId))).toEqual(['done', 'ready']);
    expect(['a', 'd'].map((opId) => ledger.has(opId))).toEqual([true, false]);
    ledger.clear();
    expect(ledger.isEmpty()).toBe(true);
  });

  it('remembers the last 4,096 that are over, and all that are not', () => {
    const ledger = setup();
    ledger.set('ready', 'ready');
    ledger.set('busy', 'busy');
    for (const opId of many) ledger.set(opId, 'done');
    expect(many.filter((opId) => ledger.has(opId))).toEqual(many.slice(-4_096));
    expect(['ready', 'busy'].map((opId) => ledger.get(opId))).toEqual(['ready', 'busy']);
  });

  it('forgets nothing that is held still', () => {
    const ledger = setup(foldOutbox([sendWished('held')]));
    ledger.set('held', 'done');
    for (const opId of [...many, ...many.map((opId) => `${opId}b`)]) ledger.set(opId, 'done');
    expect(ledger.get('held')).toBe('done');
    expect(ledger.has('op4999')).toBe(false);
    expect(ledger.has('op4999b')).toBe(true);
  });

  it('takes for over what was ready and is held no more, wherever it stood', () => {
    const ids = ['a', 'b', 'c', 'd'];
    const before = foldOutbox(ids.map((opId) => sendWished(opId)));
    for (const gone of ids) {
      const ledger = setup();
      for (const opId of ids) ledger.set(opId, 'ready');
      ledger.noteEnded(before, foldOutbox([discarded(gone), sendWished('e')], before));
      expect(ids.filter((opId) => ledger.get(opId) === 'done')).toEqual([gone]);
      ledger.noteEnded(before, foldOutbox([retried('a')], before));
      expect(ids.filter((opId) => ledger.get(opId) === 'done')).toEqual([gone]);
      ledger.noteEnded(before, foldOutbox([]));
      expect(ids.map((opId) => ledger.get(opId))).toEqual(ids.map(() => 'done'));
    }
  });

  it('does not take for over what is under way', () => {
    const ledger = setup();
    ledger.set('a', 'busy');
    ledger.noteEnded(foldOutbox([sendWished('a')]), foldOutbox([]));
    expect(ledger.get('a')).toBe('busy');
  });
});
