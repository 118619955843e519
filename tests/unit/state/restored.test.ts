import { describe, expect, it } from '@jest/globals';
import type { Restored, RestoredHistory } from '../../../src/actions/storage';
import {
  durabilityChanged,
  operationsYielded,
  restored,
  storageChanged,
} from '../../../src/actions/storage';
import { historyEvicted } from '../../../src/actions/eviction';
import { sendRequested } from '../../../src/actions/outbox';
import { frameCommitted } from '../../../src/actions/stream';
import { createSelectors } from '../../../src/selectors/createSelectors';
import type { SendOperation } from '../../../src/protocol/operations';
import { findLog } from '../../../src/state/messagesState';
import {
  channelOf,
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
  reacted,
  snapshot,
} from '../../support/exampleData';
import { frozen } from '../../support/frozen';
import type { Root } from '../../support/roots';
import { after, rootOf } from '../../support/roots';
import { rowsOf } from '../../support/visible';

const { selectMessage, selectSyncStatus, selectStorage, selectTimelineInfo } =
  createSelectors('hudhud');

const history: RestoredHistory = {
  channelId: general,
  messages: [
    messageOf('m1', { createdAt: minute(1) }),
    messageOf('m2', { createdAt: minute(2), fullName: 'Omar Haddad' }),
  ],
  windows: [{ from: null, to: minute(2) }],
};

function left(more: Partial<Restored> = {}) {
  return frozen(
    restored({
      ...{ savedAt: minute(3), project: null, channels: [], currentChannelId: null },
      ...{ histories: [history], outbox: [], uploads: [], returnsNonce: 'unknown' },
      lastEventId: null,
      ...more,
    }),
  );
}

const shown = ({ hudhud }: Root) =>
  rowsOf(hudhud.messages, general, null)
    .filter(({ isDeleted }) => !isDeleted)
    .map(({ id, isCached }) => (isCached === true ? `${id}?` : id));
const windowsOf = ({ hudhud }: Root) =>
  findLog(hudhud.messages, general)?.timelines[0]?.windows ?? [];

describe('messages of an earlier visit', () => {
  it('are held as cached, and nothing is claimed of what came since', () => {
    const root = rootOf(left());
    expect(shown(root)).toEqual(['m1?', 'm2?']);
    expect(windowsOf(root)).toEqual([{ from: null, to: minute(2) }]);
    expect(selectTimelineInfo(root, general)).toMatchObject({ hasOlder: false, isLive: false });
    expect(after(root, left()).hudhud).toBe(root.hudhud);
  });

  it('are confirmed by a page, also where it says nothing new', () => {
    const root = rootOf(left(), connection('open'), page(1, history.messages));
    expect(shown(root)).toEqual(['m1', 'm2']);
    expect(windowsOf(root)).toEqual([{ from: null, to: null }]);
  });

  it('are gone if a page that answers for their place does not list them', () => {
    expect(shown(rootOf(left(), page(1, history.messages.slice(1))))).toEqual(['m2']);
  });

  it('are older than every word of this visit, with or without a time', () => {
    const root = rootOf(left(), connection('open'), heard(1, edited('m1', { content: 'b' })));
    expect(selectMessage(root, general, 'm1')).toMatchObject({ content: 'b' });
    const read = after(root, page(5, [messageOf('m1', { content: 'c', threadCount: 2 })]));
    expect(selectMessage(read, general, 'm1')).toMatchObject({ content: 'c', threadCount: 2 });
    const gone = after(rootOf(left(), connection('open')), heard(1, deleted('m1')));
    expect(selectMessage(gone, general, 'm1')).toMatchObject({ isDeleted: true });
    expect(selectMessage(gone, general, 'm1')?.isCached).toBeUndefined();
    const liked = after(rootOf(left(), connection('open')), heard(1, reacted('m1', omar)));
    expect(selectMessage(liked, general, 'm1')).toMatchObject({ isCached: true });
    expect(selectMessage(liked, general, 'm1')?.reactions).toHaveLength(1);
  });

  it('take in what came before them in this visit (L3)', () => {
    const root = rootOf(connection('open'), heard(1, deleted('m1'), reacted('m2', omar)), left());
    expect(shown(root)).toEqual(['m2?']);
    expect(selectMessage(root, general, 'm2')?.reactions).toHaveLength(1);
  });

  it.each([
    ['a page', [page(1, [messageOf('m2', { createdAt: minute(2) })])]],
    ['the stream', [connection('open'), heard(1, created('m3', { createdAt: minute(5) }))]],
    [
      'what was let go',
      [
        page(1, [messageOf('m2', { createdAt: minute(2) })]),
        historyEvicted({ ordinal: 2, channels: [{ channelId: general, before: null }] }),
      ],
    ],
  ])('are not taken where more is known already, by %s (L2)', (_, known) => {
    const root = rootOf(...known);
    expect(after(root, left()).hudhud.messages).toEqual(root.hudhud.messages);
  });

  it('come with their gaps', () => {
    const windows = [
      { from: minute(0), to: minute(1) },
      { from: minute(2), to: minute(2) },
    ];
    const root = rootOf(left({ histories: [{ ...history, windows }] }));
    expect(windowsOf(root)).toEqual(windows);
    expect(selectTimelineInfo(root, general).gaps).toEqual([
      { after: minute(1), before: minute(2) },
    ]);
  });

  it('tell who wrote them', () => {
    const root = rootOf(left());
    const { selectUser } = createSelectors('hudhud');
    expect(selectUser(root, omar)).toMatchObject({ username: 'omar', fullName: 'Omar Haddad' });
  });
});

describe('channels of an earlier visit', () => {
  const project = { id: 'p1', slug: 'hudhud', name: 'Hudhud', description: null, color: null };
  const lists = { project, channels: [channelOf(general), channelOf('old')] };

  it('are there until the server lists its own', () => {
    const root = rootOf(left({ ...lists, currentChannelId: general }));
    expect(root.hudhud.channels).toMatchObject({ project, currentId: general });
    const listed = after(root, snapshot(1));
    expect(listed.hudhud.channels.list.map(({ id }) => id)).toEqual([general, design]);
  });

  it('change nothing of what the server has said', () => {
    const root = rootOf(snapshot(1));
    const later = after(root, left({ ...lists, histories: [] }));
    expect(later.hudhud.channels.project).toBe(root.hudhud.channels.project);
    expect(later.hudhud.channels.list.slice(0, 2)).toEqual(root.hudhud.channels.list);
  });
});

describe('where the stream goes on', () => {
  it('is known until the stream says more, and is never set back', () => {
    const root = rootOf(left({ lastEventId: 'e1' }));
    const [main] = root.hudhud.connection.streams;
    expect(main).toMatchObject({ stream: 'main', phase: 'idle', lastEventId: 'e1' });
    const open = after(root, connection('connecting'), connection('open'));
    expect(open.hudhud.connection.streams[0]?.lastEventId).toBe('e1');
    const counts = { events: 1, rejected: 0 };
    const heardMore = after(
      open,
      frameCommitted({
        ...{ stream: 'main', epoch: 1, ordinal: 1, receivedAt: 1 },
        ...{ lastEventId: 'e2', counts },
      }),
    );
    const late = after(heardMore, left({ lastEventId: 'e1' }));
    expect(late.hudhud.connection.streams[0]?.lastEventId).toBe('e2');
  });
});

describe('how far what is shown and the server are apart', () => {
  it('is told of all and of each channel', () => {
    const root = rootOf(left(), connection('open'));
    expect(selectSyncStatus(root)).toEqual({
      ...{ state: 'synced', pending: 0, failed: 0, isCached: true, cachedAt: minute(3) },
    });
    expect(selectSyncStatus(root, general).state).toBe('syncing');
    expect(selectSyncStatus(root, design)).toMatchObject({ state: 'synced', cachedAt: null });
    const wish = sendRequested({
      ...{ opId: 'op1', channelId: design, at: minute(3), parentId: null },
      ...{ content: 'on its way', messageType: 'text', uploadIds: [] },
    });
    const wished = after(root, wish);
    expect(selectSyncStatus(wished)).toMatchObject({ state: 'syncing', pending: 1 });
    expect(selectSyncStatus(wished, design)).toMatchObject({ state: 'syncing', pending: 1 });
    // another channel's wishes make no new answer (L14)
    expect(selectSyncStatus(wished, general)).toBe(selectSyncStatus(root, general));
    expect(selectSyncStatus(after(wished, connection('waiting'))).state).toBe('offline');
  });

  it('is not cached any more once a page reaches as far; an older one says nothing of the end', () => {
    const root = rootOf(left());
    const older = page(1, [], { range: { from: null, to: minute(1) } });
    expect(selectSyncStatus(after(root, older)).isCached).toBe(true);
    const inThread = page(1, [], { parentId: 'm1' });
    expect(selectSyncStatus(after(root, inThread)).isCached).toBe(true);
    const reading = page(1, history.messages, { range: { from: null, to: minute(2) } });
    expect(selectSyncStatus(after(root, reading)).isCached).toBe(false);
    const removed = channelsHeard(1, {
      ...{ type: 'channel_event', op: 'deleted', channelId: general },
    });
    expect(selectSyncStatus(after(root, connection('open'), removed)).isCached).toBe(false);
  });

  it('tells what became of the disk', () => {
    const root = rootOf(storageChanged({ status: 'failed', code: 'STORAGE_UNAVAILABLE', lost: 2 }));
    expect(selectStorage(root)).toEqual({
      ...{ status: 'failed', code: 'STORAGE_UNAVAILABLE', lost: 2 },
    });
    expect(selectStorage(after(root, left()))).toBe(selectStorage(root));
  });
});

describe('wishes of an earlier visit', () => {
  const send = (opId: string, more: Partial<SendOperation> = {}): SendOperation => ({
    ...{ kind: 'send', opId, channelId: general, at: minute(1), parentId: null, content: opId },
    ...{ messageType: 'text', uploadIds: [], authorId: lina, since: null, candidates: [] },
    ...{ status: 'queued', attempts: 0, notBefore: null, code: null, mayMatch: true },
    ...{ startedAs: null, ackedAs: null },
    ...more,
  });
  const wished = (...operations: SendOperation[]) =>
    left({ histories: [], outbox: [{ channelId: general, operations }] });
  const idsOf = ({ hudhud }: Root) =>
    hudhud.outbox.channels.flatMap(({ operations }) => operations.map(({ opId }) => opId));

  it('go before what was wished since, and are taken once', () => {
    const fresh = sendRequested({
      ...{ opId: 'new', channelId: general, at: minute(3), parentId: null },
      ...{ content: 'new', messageType: 'text', uploadIds: [] },
    });
    const root = rootOf(fresh, wished(send('a'), send('b')));
    expect(idsOf(root)).toEqual(['a', 'b', 'new']);
    expect(after(root, wished(send('b', { status: 'failed' }), send('c')))).toMatchObject({
      hudhud: { outbox: { channels: [{ operations: [{ opId: 'c' }, {}, {}, {}] }] } },
    });
    expect(after(root, wished(send('a'))).hudhud).toBe(root.hudhud);
  });

  it('that have become a message since are over', () => {
    const root = rootOf(
      wished(send('a')),
      page(1, [messageOf('m1', { userId: lina, metadata: { client_id: 'a' } })]),
      wished(send('a')),
    );
    expect(idsOf(root)).toEqual([]);
  });

  it('that may have worked settle by a message that this visit is told of', () => {
    const uncertain = send('a', { status: 'uncertain', startedAs: 0, code: 'ABORTED' });
    const echo = created('m9', { userId: lina, content: 'a', createdAt: minute(5) });
    const root = rootOf(wished(uncertain), connection('open'), heard(1, echo));
    expect(idsOf(root)).toEqual([]);
    expect(root.hudhud.outbox.aliases).toEqual([{ messageId: 'm9', clientId: 'a' }]);
  });

  it('with files: what the server has goes along, what it has not fails them', () => {
    const file = { id: 'f1', name: 'a', mime: null, size: 1, url: null, thumbnailUrl: null };
    const ref = { name: 'a', size: 1, mime: 'text/plain', channelId: general };
    const root = rootOf(
      left({
        histories: [],
        outbox: [
          {
            channelId: general,
            operations: [send('a', { uploadIds: ['up1'] }), send('b', { uploadIds: ['up2'] })],
          },
        ],
        uploads: [
          { uploadId: 'up1', ...ref, file },
          { uploadId: 'up2', ...ref, file: null },
        ],
      }),
    );
    expect(root.hudhud.outbox.uploads.map(({ status, code }) => [status, code])).toEqual([
      ['done', null],
      ['failed', 'ATTACHMENT_LOST'],
    ]);
    const [channel] = root.hudhud.outbox.channels;
    expect(channel?.operations.map(({ status, code }) => [status, code])).toEqual([
      ['queued', null],
      ['failed', 'ATTACHMENT_LOST'],
    ]);
  });

  it('are let go where another tab has them', () => {
    const root = rootOf(wished(send('a'), send('b')));
    expect(idsOf(after(root, operationsYielded({ opIds: ['a', 'x'] })))).toEqual(['b']);
    expect(after(root, operationsYielded({ opIds: ['x'] })).hudhud).toBe(root.hudhud);
  });

  it('say whether they are on disk', () => {
    const root = rootOf(wished(send('a'), send('b')));
    const risky = after(root, durabilityChanged({ opIds: ['a'], durable: false }));
    const durable = ({ hudhud }: Root) =>
      hudhud.outbox.channels[0]?.operations.map((held) => held.durable);
    expect(durable(risky)).toEqual([false, undefined]);
    expect(after(risky, durabilityChanged({ opIds: ['a'], durable: false })).hudhud).toBe(
      risky.hudhud,
    );
    expect(after(risky, durabilityChanged({ opIds: ['a', 'b'], durable: true }))).toEqual(root);
  });
});
