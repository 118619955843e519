import { describe, expect, it } from '@jest/globals';
import type { UnknownAction } from '@reduxjs/toolkit';

import {
  deleteRequested,
  editRequested,
  operationStarted,
  reactRequested,
  sendRequested,
  uploadProgressed,
  uploadRequested,
  uploadStarted,
} from '../../src/actions/outbox';
import { sessionStarted } from '../../src/actions/session';
import { createSelectors } from '../../src/selectors/createSelectors';
import type { MessageRow } from '../../src/selectors/row';
import {
  channelsHeard,
  connection,
  created,
  deleted,
  design,
  edited,
  general,
  heard,
  lina,
  messageOf,
  minute,
  omar,
  page,
  presenceHeard,
  presenceOf,
  reacted,
  salma,
  snapshot,
  typing,
} from '../support/exampleData';
import type { Root } from '../support/roots';
import { after, rootOf } from '../support/roots';

const count = 500;
/** Rows per segment at most. */
const segment = 64;

/** A channel of many people with many messages, and one with few. */
const workspace = rootOf(
  connection('open'),
  sessionStarted({ user: { id: lina, username: 'lina' } }),
  snapshot(1),
  page(
    2,
    Array.from({ length: count }, (_, i) =>
      messageOf(`m${i}`, { createdAt: minute(i), userId: [lina, omar, salma][i % 3] ?? null }),
    ),
  ),
  page(3, [messageOf('b1', { channelId: design })], { channelId: design }),
);
const base = { channelId: general, at: minute(1000) };
const sent = { ...base, parentId: null, messageType: 'text', uploadIds: [] } as const;
const send = (opId: string) => sendRequested({ ...sent, opId, content: opId });

/** How many rows of the later list are not in the earlier one. */
function madeAnew(before: readonly MessageRow[], now: readonly MessageRow[]): number {
  const known = new Set(before);
  return now.filter((row) => !known.has(row)).length;
}

function change(...actions: readonly UnknownAction[]) {
  const select = createSelectors();
  return from(select, workspace, actions);
}

function from(
  select: ReturnType<typeof createSelectors>,
  root: Root,
  actions: readonly UnknownAction[],
) {
  const before = select.selectTimeline(root, general);
  const next = after(root, ...actions);
  return { before, now: select.selectTimeline(next, general), next };
}

describe('rows that an event makes anew', () => {
  it.each<[string, number, UnknownAction]>([
    ['a new message', 1, heard(30, created('n1', { createdAt: minute(900) }))],
    ['an edit', 1, heard(30, edited('m250', { content: 'new' }))],
    ['a reaction', 1, heard(30, reacted('m250', omar))],
    ['a delete', 1, heard(30, deleted('m250'))],
    ['a message in between', 2, heard(30, created('n1', { createdAt: minute(250) + 1 }))],
    ['a send', 1, send('s1')],
    ['a pending edit', 1, editRequested({ ...base, opId: 'e1', target: 'm250', content: 'x' })],
    ['a pending delete', 2, deleteRequested({ ...base, opId: 'd1', target: 'm250', notBefore: 1 })],
    ['nothing that is shown', 0, heard(30, typing(omar))],
  ])('%s: at most %i', (_name, most, action) => {
    const { before, now } = change(action);
    expect(madeAnew(before, now)).toBeLessThanOrEqual(most);
    expect(now === before).toBe(most === 0);
  });

  it('several changes at once make what they touch, not what lies between', () => {
    const events = ['m3', 'm250', 'm490'].map((id) => edited(id, { content: 'new' }));
    const { before, now } = change(heard(30, ...events));
    expect(madeAnew(before, now)).toBe(3);
  });

  it('older pages leave what is held as it is', () => {
    const older = Array.from({ length: 100 }, (_, i) =>
      messageOf(`old ${i}`, { createdAt: minute(-100 + i) }),
    );
    const { before, now } = change(
      page(30, older, { range: { from: minute(-100), to: minute(0) } }),
    );
    expect(now).toHaveLength(count + 100);
    // the first one that was held does not start the list any more
    expect(madeAnew(before, now)).toBeLessThanOrEqual(101);
  });

  it('what becomes known of a person makes that persons rows', () => {
    const { before, now } = change(presenceHeard(30, presenceOf(salma, { username: 'salma' })));
    expect(now.filter(({ author }) => author?.username === 'salma')).not.toHaveLength(0);
    expect(madeAnew(before, now)).toBe(now.filter(({ authorId }) => authorId === salma).length);
  });

  it('a send that is confirmed makes its own row and those of no one else', () => {
    const started = operationStarted({
      ...{ opId: 's1', ordinal: 20, viewerId: lina, mayMatch: true },
      since: { at: 0, ids: [] },
    });
    const select = createSelectors();
    const root = after(workspace, send('s1'), send('s2'), started);
    const echo = { userId: lina, content: 's1', metadata: { client_id: 's1' } };
    const { before, now } = from(select, root, [
      heard(30, created('n1', { ...echo, createdAt: minute(900) })),
    ]);
    expect(now.map(({ key }) => key)).toEqual(before.map(({ key }) => key));
    // the next one on its way may stand differently after it
    expect(madeAnew(before, now)).toBeLessThanOrEqual(2);
  });

  it('pending rows that nothing happened to stay, and so do those beside them', () => {
    const select = createSelectors();
    const wished = [
      ...Array.from({ length: 20 }, (_, i) => send(`s${i}`)),
      deleteRequested({ ...base, opId: 'd1', target: 'm250', notBefore: 1 }),
      reactRequested({ ...base, opId: 'r1', target: 'm100', emoji: '👍', on: true }),
    ];
    const root = after(workspace, ...wished);
    const { before, now } = from(select, root, [heard(30, edited('m3', { content: 'new' }))]);
    expect(madeAnew(before, now)).toBe(1);
  });
});

describe('the same list', () => {
  const progress = [
    uploadRequested({ ...base, channelId: design, uploadId: 'u1', name: 'a', size: 9, mime: 'b' }),
    uploadStarted({ uploadId: 'u1' }),
    uploadProgressed({ uploadId: 'u1', loaded: 4 }),
  ];
  const joined = { type: 'channel_event', op: 'memberJoined', channelId: general } as const;

  it.each<[string, readonly UnknownAction[]]>([
    ['presence', [presenceHeard(30, presenceOf(omar))]],
    [
      'someone unknown elsewhere',
      [heard(30, created('b9', { channelId: design, userId: 'u9', username: 'u' }))],
    ],
    [
      'a send of another channel',
      [sendRequested({ ...sent, channelId: design, opId: 's9', content: '' })],
    ],
    ['a file on its way elsewhere', progress],
    ['someone who joins', [channelsHeard(30, { ...joined, userId: omar })]],
    [
      'a reply that is being sent',
      [sendRequested({ ...sent, parentId: 'm1', opId: 's9', content: '' })],
    ],
    ['a reply', [heard(30, created('r1', { parentId: 'm1', createdAt: minute(2) }))]],
  ])('%s leaves it, with and without something pending', (_name, actions) => {
    for (const wished of [[], [send('s1')]]) {
      const select = createSelectors();
      const root = after(workspace, ...wished);
      const { before, now, next } = from(select, root, actions);
      expect(now).toBe(before);
      expect(select.selectTimeline(next, general)).toBe(now);
    }
  });

  it('an event or a wish of a channel leaves the other channel its list (L14)', () => {
    const select = createSelectors();
    const before = select.selectTimeline(workspace, design);
    const confirmed = { ...sent, opId: 's1', content: 's1' };
    let root = workspace;
    for (const action of [
      sendRequested(confirmed),
      operationStarted({ opId: 's1', ordinal: 9, viewerId: lina, since: null, mayMatch: false }),
      heard(30, created('n1', { userId: lina, metadata: { client_id: 's1' } })),
      heard(31, edited('m3', { content: 'new' }), created('n2', { createdAt: minute(800) })),
    ]) {
      root = after(root, action);
      expect(select.selectTimeline(root, design)).toBe(before);
      expect(select.selectUploads(root, design)).toBe(select.selectUploads(workspace, design));
    }
    expect(root.hudhud.outbox.aliases).toHaveLength(1);
  });
});

describe('what stands at the edges of segments', () => {
  it('is joined anew when the row before it changes', () => {
    // one author, a minute apart: each row goes on under the one before
    const held = Array.from({ length: 200 }, (_, i) =>
      messageOf(`m${i}`, { createdAt: minute(i) }),
    );
    const root = rootOf(connection('open'), page(2, held));
    const [first = []] = root.hudhud.messages.channels[0]?.timelines[0]?.segments ?? [];
    expect(first.length).toBeLessThanOrEqual(segment);
    const last = first.at(-1)?.id ?? '';
    for (const gone of [first.map(({ id }) => id), [last], first.slice(-7).map(({ id }) => id)]) {
      const select = createSelectors();
      select.selectTimeline(root, general);
      const next = after(root, heard(30, ...gone.map((id) => deleted(id))));
      const rows = select.selectTimeline(next, general);
      expect(rows).toEqual(createSelectors().selectTimeline(next, general));
      const index = held.findIndex(({ id }) => id === last) + 1;
      const row = rows.find(({ id }) => id === held[index]?.id);
      expect(row?.isGrouped).toBe(gone.length === 1);
    }
  });
});
