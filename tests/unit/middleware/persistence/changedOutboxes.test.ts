import { expect, it } from '@jest/globals';
import { changedOutboxes } from '../../../../src/middleware/persistence/changedOutboxes';
import type { OutboxState, Upload } from '../../../../src/state/outboxState';
import { emptyOutbox } from '../../../../src/state/outboxState';

const channel = (channelId: string) => ({ channelId, operations: [] });
const upload = (status: Upload['status']): Upload => ({
  ...{ uploadId: 'u1', name: 'a', size: 1, mime: 'text/plain', channelId: 'c' },
  ...{ status, loaded: 0, code: null, file: null },
});

it('names channels whose wishes changed, came or went, and those whose files arrived', () => {
  const [a, b, c] = [channel('a'), channel('b'), channel('c')];
  const before: OutboxState = { ...emptyOutbox, channels: [a, b], uploads: [upload('uploading')] };
  const names = (more: Partial<OutboxState>) => [
    ...changedOutboxes(before, { ...before, ...more }),
  ];
  expect(names({})).toEqual([]);
  expect(names({ channels: [b, a] })).toEqual([]);
  expect(names({ channels: [a, channel('b'), c] }).sort()).toEqual(['b', 'c']);
  expect(names({ channels: [b] })).toEqual(['a']);
  expect(names({ uploads: [upload('uploading')] })).toEqual([]);
  expect(names({ uploads: [upload('done')] })).toEqual(['c']);
});
