import { describe, expect, it } from '@jest/globals';
import type { UnknownAction } from '@reduxjs/toolkit';
import type { SendSince } from '../../../src/protocol/operations';
import { sendSince } from '../../../src/middleware/outboxSince';
import { createSelectors } from '../../../src/selectors/createSelectors';
import { createRootReducer } from '../../../src/state/rootReducer';
import {
  connection,
  created,
  heard,
  lina,
  messageOf,
  minute,
  page,
} from '../../support/exampleData';
import { editWished, own, pendingAfter, sendWished } from '../../support/wishes';

const reduce = createRootReducer('hudhud');
const selectors = createSelectors();

function sinceOf(wish: UnknownAction, ...facts: readonly UnknownAction[]): SendSince | null {
  const all = [connection('open'), ...facts];
  const root = { hudhud: all.reduce(reduce, reduce(undefined, { type: 'start' })) };
  const [operation] = pendingAfter(wish);
  if (operation === undefined) throw new Error('nothing is wished');
  return sendSince(selectors, root, operation, lina);
}

describe('what was newest when a send was started', () => {
  it('is nothing where nothing is known of the timeline', () => {
    expect(sinceOf(sendWished('s1'))).toBeNull();
    const inThread = sendWished('s1', 'hello', { parentId: 'p1' });
    expect(sinceOf(inThread, page(1, [messageOf('m1')]))).toBeNull();
  });

  it('is nothing for anything but a send', () => {
    expect(sinceOf(editWished('e1', 'm1', 'x'), page(1, [messageOf('m1')]))).toBeNull();
  });

  it('is a little before the newest message, whoever wrote it', () => {
    const facts = [page(1, [own('m1'), messageOf('m2', { createdAt: minute(6) })])];
    expect(sinceOf(sendWished('s1'), ...facts)).toEqual({ at: minute(6) - 2_000, ids: [] });
  });

  it('names the own messages from then on: they are none of it', () => {
    const near = { createdAt: minute(6) - 1_000 };
    const facts = [
      page(1, [own('m0'), own('m1', near), own('m2', { createdAt: minute(6) - 2_000 })]),
      heard(9, created('m3', { createdAt: minute(6) })),
    ];
    const told = sinceOf(sendWished('s1'), ...facts);
    expect(told?.at).toBe(minute(6) - 2_000);
    expect([...(told?.ids ?? [])].sort()).toEqual(['m1', 'm2']);
  });

  it('goes by how far a page has looked where that is further than the messages', () => {
    const facts = [page(1, [own('m1')], { range: { from: null, to: minute(9) } })];
    expect(sinceOf(sendWished('s1'), ...facts)).toEqual({ at: minute(9) - 2_000, ids: [] });
  });

  it('looks through all segments of a busy channel', () => {
    const rows = Array.from({ length: 200 }, (_unused, i) =>
      own(`m${String(i).padStart(3, '0')}`, { createdAt: minute(6) + i * 10 }),
    );
    const told = sinceOf(sendWished('s1'), page(1, rows));
    expect(told?.ids).toHaveLength(200);
    const spread = rows.map((row, i) => ({ ...row, createdAt: minute(6) + i * 100 }));
    expect(sinceOf(sendWished('s1'), page(1, spread))?.ids).toHaveLength(21);
  });
});
