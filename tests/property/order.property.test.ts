import { describe, it } from '@jest/globals';
import fc from 'fast-check';

import { findMessage } from '../../src/state/channelLog';
import { createRecord } from '../../src/state/mergeMessage';
import type { MessageRecord } from '../../src/state/messageRecord';
import { messagesReducer } from '../../src/state/messages';
import type { Segment } from '../../src/state/segments';
import { SegmentEditor, findRow, maxSegment, rowsBetween } from '../../src/state/segments';
import { anyAction } from '../support/anyActions';
import { frozen } from '../support/frozen';
import { expectAtMost, expectEqual, expectSame } from '../support/quickExpect';

const said = { rank: 'create', o: 1, renews: false, at: 0 } as const;
const row = (createdAt: number, id: string): MessageRecord =>
  frozen(createRecord('general', { id, createdAt }, said));
const byKey = (a: MessageRecord, b: MessageRecord): number =>
  a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1);

describe('lists of messages (L5)', () => {
  it('are strictly sorted by time and id, hold nothing twice, and hold what can be found by id', () => {
    fc.assert(
      fc.property(fc.array(anyAction(4), { maxLength: 40, size: 'max' }), (log) => {
        const state = log.reduce(messagesReducer, messagesReducer(undefined, { type: 'start' }));
        for (const channel of state.channels) {
          const ids = new Set<string>();
          for (const { segments, parentId } of channel.timelines) {
            const rows = segments.flat();
            expectEqual(rows, [...rows].sort(byKey));
            for (const held of rows) {
              expectSame(held.parentId, parentId);
              expectSame(ids.has(held.id), false);
              expectSame(findMessage(channel, held.id), held);
              ids.add(held.id);
            }
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('SegmentEditor (L5)', () => {
  const key = fc.tuple(fc.nat({ max: 400 }), fc.nat({ max: 3 }));
  const change = fc.oneof(
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('insert' as const), key }) },
    fc.record({ kind: fc.constant('replace' as const), at: fc.nat() }),
    fc.record({ kind: fc.constant('remove' as const), at: fc.nat() }),
    fc.record({
      kind: fc.constant('insertSorted' as const),
      keys: fc.array(key, { maxLength: 150, size: 'max' }),
    }),
    fc.record({ kind: fc.constant('done' as const) }),
  );

  it('does what sorting one flat list would do, and leaves what it was made from as it was', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60, size: 'max' }), (changes) => {
        let flat: MessageRecord[] = [];
        let segments: readonly Segment[] = [];
        let editor = new SegmentEditor(segments);
        const isNew = (made: MessageRecord): boolean => !flat.some((held) => held.id === made.id);
        for (const one of changes) {
          if (one.kind === 'insert') {
            const made = row(one.key[0], one.key.join('-'));
            if (!isNew(made)) continue;
            editor.insert(made);
            flat.push(made);
          } else if (one.kind === 'insertSorted') {
            const made = new Map(one.keys.map((k) => [k.join('-'), row(k[0], k.join('-'))]));
            const rows = [...made.values()].filter(isNew).sort(byKey);
            editor.insertSorted(rows);
            flat.push(...rows);
          } else if (one.kind === 'done') {
            segments = frozen(editor.done());
            editor = new SegmentEditor(segments);
          } else {
            const target = flat[one.at % Math.max(1, flat.length)];
            if (target === undefined) continue;
            flat = flat.filter((held) => held !== target);
            if (one.kind === 'remove') editor.remove(target);
            else {
              const next = frozen({ ...target, content: `${target.content}!` });
              editor.replace(next);
              flat.push(next);
            }
          }
          flat.sort(byKey);
          if (one.kind === 'done') expectEqual(segments.flat(), flat);
        }
        segments = editor.done();
        expectEqual(segments.flat(), flat);
        for (const segment of segments) {
          expectAtMost(1, segment.length);
          expectAtMost(segment.length, maxSegment);
        }
        for (const held of flat) expectSame(findRow(segments, held.createdAt, held.id), held);
        expectEqual(
          rowsBetween(segments, 100, 200),
          flat.filter(({ createdAt }) => createdAt > 100 && createdAt < 200),
        );
      }),
      { numRuns: 300 },
    );
  });
});
