import { describe, expect, it } from '@jest/globals';
import type { MessageFact } from '../../../../src';
import { conversationReceived, createHudhud, pageReceived } from '../../../../src';
import { createMessageRows } from '../../../../src/middleware/patch/messageRows';
import type { HostRow } from '../../../support/hostApi';
import { ids, messageId, row } from '../../../support/hudhudAnswers';

const { reducer, selectors } = createHudhud({ baseUrl: '/api' });
const asked = { asOf: 1, absentBefore: 0, oldestInFlight: null };
const channelId = ids.general;

const factOf = (n: number): MessageFact => ({
  ...{ id: messageId(n), channelId, content: `message ${n}` },
  createdAt: Date.parse(row(n).created_at),
});
const start = reducer(
  reducer(undefined, { type: 'start' }),
  pageReceived({
    ...{ channelId, parentId: null, range: { from: null, to: null }, ...asked },
    messages: [1, 2, 3, 4, 5, 6].map(factOf),
  }),
);
type State = typeof start;

const viewOf = (state: State) => {
  const reader = { root: { hudhud: state }, selectors };
  return { layer: reader, messages: reader };
};
const told = (state: State, op: 'create' | 'edit' | 'delete', n: number) =>
  reducer(
    state,
    conversationReceived({
      ...{ stream: 'main', epoch: 0, ordinal: 10 + n, viewerId: null, receivedAt: 1 },
      events: [{ type: 'channel_message', op, message: { ...factOf(n), content: 'told' } }],
    }),
  );
const opened = (state: State): State => ({
  ...state,
  connection: {
    ...state.connection,
    streams: [
      { ...{ stream: 'main', phase: 'open', epoch: 0, attempt: 0, openedAt: 1, error: null } },
    ],
  } as unknown as State['connection'],
});

const scope = { channelId, parentId: null, withReplies: false, isTail: false, absentBefore: 0 };
const place = (n: number) => ({ at: Date.parse(row(n).created_at), id: messageId(n) });
const textsOf = (placed: readonly { readonly row: unknown }[] | null): unknown[] | null =>
  placed?.map((one) => (one.row as HostRow)['content']) ?? null;

describe('the rows of a part of a list', () => {
  const held = [row(2), row(3)];

  it('are the same until something happens that the part reaches over', () => {
    const rows = createMessageRows({});
    const state = opened(start);
    const until = place(5);
    const first = rows.placedUntil(held, scope, viewOf(state), until);
    expect(textsOf(first)).toEqual([2, 3, 4].map((n) => `message ${n}`));
    const elsewhere = told(told(told(state, 'create', 7), 'edit', 1), 'delete', 5);
    expect(elsewhere).not.toBe(state);
    expect(rows.placedUntil(held, scope, viewOf(elsewhere), until)).toBe(first);
    const inside = told(elsewhere, 'edit', 4);
    expect(textsOf(rows.placedUntil(held, scope, viewOf(inside), until))).toEqual([
      ...['message 2', 'message 3', 'told'],
    ]);
    // as a list that reaches elsewhere it is another one
    expect(textsOf(rows.placedUntil(held, scope, viewOf(inside), null))).toEqual([
      ...['message 2', 'message 3'],
    ]);
    const atEnd = rows.placedUntil(held, { ...scope, isTail: true }, viewOf(inside), null);
    expect(textsOf(atEnd)).toEqual(['message 2', 'message 3', 'told', 'message 6', 'told']);
  });

  it('lose those that are deleted, and are the same again after that', () => {
    const rows = createMessageRows({});
    const state = told(opened(start), 'delete', 2);
    const first = rows.placedUntil(held, scope, viewOf(state), place(4));
    expect(textsOf(first)).toEqual(['message 3']);
    expect(rows.placedUntil(held, scope, viewOf(told(state, 'create', 7)), place(4))).toBe(first);
  });

  it('are not placed alone where one of them stands elsewhere, has no time, or is not understood', () => {
    const rows = createMessageRows({});
    const view = viewOf(start);
    const moved = row(2, { created_at: row(6).created_at });
    const { created_at: _, ...timeless } = row(2);
    for (const odd of [moved, timeless, { message_id: 7 }]) {
      expect(rows.placedUntil([odd, row(3)], scope, view, place(4))).toBeNull();
      expect(rows.placed([odd, row(3)], scope, view)).not.toHaveLength(0);
    }
  });

  it('are as they came while the layer does not know them, and not once they are gone', () => {
    const rows = createMessageRows({});
    const state = opened(reducer(undefined, { type: 'start' }));
    const unknown = rows.placedUntil(held, scope, viewOf(state), null);
    expect(textsOf(unknown)).toEqual(['message 2', 'message 3']);
    const gone = told(state, 'delete', 3);
    expect(textsOf(rows.placedUntil(held, scope, viewOf(gone), null))).toEqual(['message 2']);
  });
});
