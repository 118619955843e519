import { describe, expect, it } from '@jest/globals';
import type { HistoryPage, HostRow, MessagesArg } from '../support/hostApi';
import { general } from '../support/hostApi';
import type { HostWorld } from '../support/hostWorld';
import {
  askMessages,
  deletedFrame,
  editedFrame,
  loadedHost,
  messagesIn,
  openHost,
  textsIn,
} from '../support/hostWorld';
import {
  frame,
  ids,
  messageFrame,
  messageId,
  presenceFrame,
  row,
  snapshotAnswer,
} from '../support/hudhudAnswers';
import { channelList, messageById, messageList } from '../../src';

const channelId = (arg: MessagesArg): string => arg.channelId;
const settledLongAgo = 10_000;

async function readOne(world: HostWorld, message: HostRow): Promise<() => HostRow | undefined> {
  const { api, store, platform } = world;
  const { initiate, select } = api.endpoints.getMessage;
  void store.dispatch(initiate(messageId(1)));
  await platform.settle();
  await world.asked('getMessage').answer({ message });
  return () => select(messageId(1))(store.getState()).data?.message;
}

describe('one message that is deleted', () => {
  it('keeps nothing of what was written, in the spelling of its row', async () => {
    const world = await openHost();
    const file = { id: 'f1', name: 'plan.pdf', mimetype: 'application/pdf', size: 1, url: '/f1' };
    const held = {
      ...{ messageId: messageId(1), channelId: ids.general, userId: ids.omar, starred: true },
      ...{ message: 'a secret', attachments: [file], metadata: { note: 'a secret' } },
      ...{ createdAt: '2025-09-01T08:00:00.123456Z', deletedAt: null, editedAt: null },
    };
    const shown = await readOne(world, held);
    await world.push(deletedFrame(messageId(1)));
    expect(shown()).toEqual({
      ...held,
      ...{ message: '', attachments: [], metadata: {}, deletedAt: '2025-09-01T08:00:00.123Z' },
    });
  });

  it('says when, as it was told; at least that it was not before it was written', async () => {
    const world = await openHost();
    const shown = await readOne(world, row(1));
    await world.push(deletedFrame(messageId(1)));
    expect(shown()).toMatchObject({ content: '', deleted_at: row(1).created_at });
    const at = '2025-09-01T09:00:00.000Z';
    const told = { action: 'deleted', message_id: messageId(1), deleted_at: at };
    await world.push(frame('channel_message', { ...told, channelId: ids.general }));
    expect(shown()).toMatchObject({ deleted_at: at });
  });

  it('is given to the host’s own writing of rows', async () => {
    const rule = messageById({
      endpoint: 'getMessage',
      at: ['message'],
      fromRow: (held) => {
        const { id, text, at } = held as { id: string; text: string; at: string };
        return { message_id: id, channel_id: ids.general, content: text, created_at: at };
      },
      toRow: ({ id, content, isDeleted }, held) => ({
        ...(held as object),
        ...{ id, text: content, isGone: isDeleted },
      }),
    });
    const world = await openHost([rule]);
    const at = row(1).created_at;
    const shown = await readOne(world, { id: messageId(1), text: 'a secret', at });
    await world.push(deletedFrame(messageId(1)));
    expect(shown()).toEqual({ id: messageId(1), text: '', at, isGone: true });
  });

  it('is emptied too where it is too little to be taken in', async () => {
    const world = await openHost();
    const { created_at: _, ...timeless } = row(1);
    await world.push(deletedFrame(messageId(1)));
    const shown = await readOne(world, { ...timeless, edited_at: '2025-09-01T09:00:00.000Z' });
    expect(shown()).toMatchObject({ content: '', deleted_at: '2025-09-01T09:00:00.000Z' });
  });
});

describe('a row without a time', () => {
  const timeless = { message_id: messageId(9), user_id: ids.omar, content: 'timeless' };

  it('stays where it is among the others', async () => {
    const world = await loadedHost(row(1), timeless, row(3));
    expect(textsIn(world)).toEqual(['message 1', 'timeless', 'message 3']);
    await world.push(messageFrame(2), messageFrame(4));
    expect(textsIn(world)).toEqual([
      'message 1',
      'timeless',
      'message 2',
      'message 3',
      'message 4',
    ]);
    await world.push(deletedFrame(messageId(9)));
    expect(textsIn(world)).not.toContain('timeless');
  });

  it('stays where it is also where the newest one comes first', async () => {
    const rule = messageList({ endpoint: 'getMessages', channelId, newestFirst: true });
    const world = await openHost([rule]);
    await askMessages(world);
    const strange = { message_id: '__proto__', content: 'strange' };
    await world.asked('getMessages').answer([row(3), timeless, row(2), strange, row(1)]);
    await world.push(messageFrame(4));
    expect(textsIn(world)).toEqual([
      ...['message 4', 'message 3', 'timeless', 'message 2', 'strange', 'message 1'],
    ]);
  });

  it('stays where it is in a list of nothing else, to which only what is new comes', async () => {
    const world = await loadedHost(row(1), row(2));
    await world.platform.advance(settledLongAgo);
    await askMessages(world, { forceRefetch: true });
    const other = { ...timeless, message_id: messageId(8), content: 'other' };
    await world.asked('getMessages').answer([timeless, other]);
    await world.push(messageFrame(3));
    expect(textsIn(world)).toEqual(['timeless', 'other', 'message 3']);
  });

  it('stays in its page of an infinite list', async () => {
    const world = await openHost();
    const pages = await readHistory(world, [
      { messages: [row(3), timeless, row(4)], has_more: true },
      { messages: [row(1), { ...timeless, message_id: messageId(8) }], has_more: false },
    ]);
    await world.push(messageFrame(5));
    expect(pages()).toEqual([
      ['message 3', 'timeless', 'message 4', 'message 5'],
      ['message 1', 'timeless'],
    ]);
  });
});

/** Reads so many pages, each further back. */
async function readHistory(world: HostWorld, answers: readonly HistoryPage[]) {
  const { api, store, platform } = world;
  const { initiate, select } = api.endpoints.getHistory;
  for (const [i, answer] of answers.entries()) {
    void store.dispatch(initiate(general, i === 0 ? {} : { direction: 'forward' }));
    await platform.settle();
    await world.asked('getHistory').answer(answer);
  }
  return () =>
    select(general)(store.getState()).data?.pages.map(({ messages }) =>
      messages.map(({ content }) => content),
    );
}

describe('a reply in the list of a channel', () => {
  const reply = (n: number, over: HostRow = {}) =>
    row(n, { parent_message_id: messageId(1), content: `reply ${n}`, ...over });

  it('is followed like the others: edits, reactions, wishes and its deletion', async () => {
    const world = await loadedHost(row(1), reply(2, { user_id: ids.me }), row(3));
    await world.push(editedFrame(messageId(2), 'edited'));
    expect(textsIn(world)).toEqual(['message 1', 'edited', 'message 3']);
    const { hudhud, store } = world;
    const target = messageId(2);
    store.dispatch(hudhud.actions.addReaction({ channelId: ids.general, target, emoji: '👍' }));
    expect(messagesIn(world)[1]).toMatchObject({
      ...{ parent_message_id: messageId(1), reactions: [{ emoji: '👍', count: 1 }] },
    });
    await world.push(deletedFrame(messageId(2)));
    expect(textsIn(world)).toEqual(['message 1', 'message 3']);
    expect(hudhud.checkCaches()).toEqual([]);
  });

  it('does not join by itself: whether a list shows replies is the host’s to say', async () => {
    const world = await loadedHost(row(1));
    const { channel_id: _, ...told } = reply(2);
    await world.push(messageFrame(2, told));
    expect(textsIn(world)).toEqual(['message 1']);
  });

  it('joins a list that shows replies, at once when it is wished, and goes where it is gone', async () => {
    const rule = messageList({ endpoint: 'getMessages', channelId, withReplies: true });
    const world = await openHost([rule]);
    const { hudhud, store, platform } = world;
    await askMessages(world);
    await world.asked('getMessages').answer([row(1), reply(2), row(3)]);
    const { channel_id: _, ...told } = reply(4);
    await world.push(messageFrame(4, told), messageFrame(5));
    const parentId = messageId(1);
    store.dispatch(
      hudhud.actions.sendMessage({ channelId: ids.general, parentId, content: 'mine' }),
    );
    expect(textsIn(world)).toEqual([
      ...['message 1', 'reply 2', 'message 3', 'reply 4', 'message 5', 'mine'],
    ]);
    await platform.advance(settledLongAgo);
    await askMessages(world, { forceRefetch: true });
    await world.asked('getMessages').answer([row(1), row(3), row(5)]);
    expect(textsIn(world)).toEqual(['message 1', 'message 3', 'message 5', 'mine']);
  });
});

describe('a list that was asked for at some other place than the end', () => {
  it.each<[string, Partial<MessagesArg>]>([
    ['a page', { page: 1 }],
    ['an offset', { offset: 50 }],
    ['what is around a message', { around: messageId(2) }],
    ['what came before', { before: row(3).created_at }],
    ['what came after', { after: row(0).created_at }],
    ['a page that is told further in', { pagination: { page: 2 } } as never],
    ['what an oldest message names', { oldestMessageId: messageId(3) } as never],
  ])('takes nothing new in: %s', async (_, cursor) => {
    const arg = { ...general, ...cursor };
    const world = await openHost();
    await askMessages(world, { arg });
    await world.asked('getMessages').answer([row(1), row(2)]);
    const { hudhud, store } = world;
    store.dispatch(hudhud.actions.sendMessage({ channelId: ids.general, content: 'mine' }));
    await world.push(messageFrame(3), editedFrame(messageId(1), 'edited'));
    expect(textsIn(world, arg)).toEqual(['edited', 'message 2']);
  });

  it('takes nothing for deleted that is newer than it', async () => {
    const world = await loadedHost(row(1), row(2), row(3), row(4));
    await world.platform.advance(settledLongAgo);
    const arg = { ...general, pagination: { page: 2 } };
    await askMessages(world, { arg });
    await world.asked('getMessages').answer([row(1), row(2)]);
    expect(textsIn(world)).toEqual(['message 1', 'message 2', 'message 3', 'message 4']);
  });

  it.each<[string, Partial<MessagesArg>]>([
    ['page 0', { page: 0 }],
    ['offset 0', { offset: 0 }],
    ['no cursor, but its field', { before: undefined } as never],
  ])('reaches up to now from its beginning: %s', async (_, cursor) => {
    const arg = { ...general, ...cursor };
    const world = await openHost();
    await askMessages(world, { arg });
    await world.asked('getMessages').answer([row(1), row(2)]);
    await world.push(messageFrame(3));
    expect(textsIn(world, arg)).toEqual(['message 1', 'message 2', 'message 3']);
  });
});

it('a list that grew begins anew with what the next answer has', async () => {
  const world = await loadedHost(row(1), row(2));
  await world.push(...[3, 4, 5].map((n) => messageFrame(n)));
  expect(textsIn(world)).toHaveLength(5);
  await askMessages(world, { forceRefetch: true });
  await world.asked('getMessages').answer([row(4), row(5)]);
  expect(textsIn(world)).toEqual(['message 4', 'message 5']);
});

describe('“no more” of an answer', () => {
  const older = (world: HostWorld): unknown[] =>
    world.hudhud.selectors
      .selectTimeline(world.store.getState(), ids.general)
      .map(({ content }) => content);

  it('says nothing of what came before where newer messages were asked for', async () => {
    const rule = messageList({ endpoint: 'getMessages', channelId, hasMore: () => false });
    const world = await openHost([rule]);
    await askMessages(world);
    await world.asked('getMessages').answer([row(1), row(2), row(3)]);
    await world.platform.advance(settledLongAgo);
    const arg = { ...general, after: row(2).created_at };
    await askMessages(world, { arg });
    await world.asked('getMessages').answer([row(3), row(4)]);
    expect(older(world)).toEqual([1, 2, 3, 4].map((n) => `message ${n}`));
    expect(textsIn(world)).toEqual([1, 2, 3, 4].map((n) => `message ${n}`));
  });

  it('says nothing of what came before where it is a page on the newer side', async () => {
    const world = await openHost();
    const pages = await readRecent(world, [
      [undefined, { messages: [row(3), row(4)], has_more: true }],
      ['forward', { messages: [row(1), row(2)], has_more: false }],
    ]);
    await world.platform.advance(settledLongAgo);
    await pages.read('backward', { messages: [row(5)], has_more: false });
    expect(older(world)).toEqual([1, 2, 3, 4, 5].map((n) => `message ${n}`));
    await pages.read('backward', { messages: [], has_more: false });
    expect(older(world)).toEqual([1, 2, 3, 4, 5].map((n) => `message ${n}`));
  });
});

type Direction = 'forward' | 'backward' | undefined;

/** The bounded infinite list, page after page. */
async function readRecent(
  world: HostWorld,
  answers: readonly (readonly [Direction, HistoryPage])[],
) {
  const { api, store, platform } = world;
  const { initiate, select } = api.endpoints.getRecent;
  const read = async (direction: Direction, answer: HistoryPage) => {
    void store.dispatch(initiate(general, direction === undefined ? {} : { direction }));
    await platform.settle();
    await world.asked('getRecent').answer(answer);
  };
  for (const [direction, answer] of answers) await read(direction, answer);
  const shown = () =>
    select(general)(store.getState()).data?.pages.map(({ messages }) =>
      messages.map(({ content }) => content),
    );
  return { read, shown };
}

describe('an infinite list of at most so many pages', () => {
  it('does not bring back what was let go at its newer end, nor what came there', async () => {
    const world = await openHost();
    const { read, shown } = await readRecent(world, [
      [undefined, { messages: [row(5), row(6)], has_more: true }],
      ['forward', { messages: [row(3), row(4)], has_more: true }],
      ['forward', { messages: [row(1), row(2)], has_more: false }],
    ]);
    const oldest = [
      ['message 3', 'message 4'],
      ['message 1', 'message 2'],
    ];
    expect(shown()).toEqual(oldest);
    const { hudhud, store } = world;
    store.dispatch(hudhud.actions.sendMessage({ channelId: ids.general, content: 'mine' }));
    await world.push(messageFrame(7));
    expect(shown()).toEqual(oldest);
    await world.push(editedFrame(messageId(4), 'edited'), deletedFrame(messageId(1)));
    expect(shown()).toEqual([['message 3', 'edited'], ['message 2']]);
    await read('backward', { messages: [row(5), row(6), row(7)], has_more: false });
    expect(shown()).toEqual([
      ['message 5', 'message 6', 'message 7'],
      ['message 3', 'edited'],
    ]);
  });

  it('does not bring back what was let go at its older end', async () => {
    const world = await openHost();
    const { shown } = await readRecent(world, [
      [undefined, { messages: [row(3), row(4)], has_more: true }],
      ['forward', { messages: [row(1), row(2)], has_more: true }],
      ['backward', { messages: [row(5)], has_more: false }],
    ]);
    await world.push(editedFrame(messageId(1), 'edited'), editedFrame(messageId(3), 'edited'));
    expect(shown()).toEqual([['message 5'], ['edited', 'message 4']]);
  });

  it('takes new messages in again once its newest page was asked for without an end', async () => {
    const world = await openHost();
    const { shown } = await readRecent(world, [
      [undefined, { messages: [row(3), row(4)], has_more: true }],
      ['forward', { messages: [row(1), row(2)], has_more: false }],
    ]);
    await world.push(messageFrame(5));
    expect(shown()).toEqual([
      ['message 3', 'message 4', 'message 5'],
      ['message 1', 'message 2'],
    ]);
  });
});

const channel = (id: string, over: HostRow = {}): HostRow => ({
  ...{ channel_id: id, name: id === ids.general ? 'general' : 'random', unread_count: 0 },
  ...over,
});

function readChannels(world: HostWorld) {
  const { api, store, platform } = world;
  const { initiate, select } = api.endpoints.getChannels;
  const read = async (...channels: readonly HostRow[]) => {
    void store.dispatch(initiate(undefined, { forceRefetch: true }));
    await platform.settle();
    await world.asked('getChannels').answer({ channels });
  };
  const shown = () => select(undefined)(store.getState()).data?.channels ?? [];
  return { read, shown, names: () => shown().map(({ name }) => name) };
}

const channelEvent = (action: string, data: object) => frame('channel_event', { action, ...data });

describe('the last message of a channel', () => {
  const last = {
    ...{ message_id: messageId(1), content: 'message 1', user_id: ids.sara, username: 'sara' },
    ...{ created_at: row(1).created_at, preview_html: '<p>message 1</p>' },
  };
  const withLast = (over: HostRow = {}) => channel(ids.general, { last_message: last, ...over });

  it('stays an object where it is one, with what an edit says nothing of', async () => {
    const world = await loadedHost(row(1, { user_id: ids.sara, username: 'sara' }));
    const { read, shown } = readChannels(world);
    await read(withLast());
    expect(shown()).toEqual([withLast()]);
    await world.push(editedFrame(messageId(1), 'edited'));
    expect(shown()).toEqual([withLast({ last_message: { ...last, content: 'edited' } })]);
    await world.push(deletedFrame(messageId(1)));
    expect(shown()).toEqual([withLast({ last_message: null })]);
  });

  it('is another object once there is another message, in the same spelling', async () => {
    const world = await openHost();
    const { read, shown } = readChannels(world);
    const { message_id: messageIdOfLast, user_id: userId, created_at: createdAt, ...rest } = last;
    await read(
      channel(ids.general, {
        lastMessage: { messageId: messageIdOfLast, userId, createdAt, ...rest },
      }),
    );
    await world.push(messageFrame(2));
    expect(shown()).toEqual([
      channel(ids.general, {
        unread_count: 1,
        lastMessage: {
          ...{ messageId: messageId(2), userId: ids.omar, createdAt: row(2).created_at },
          ...{ content: 'message 2', username: 'omar' },
        },
      }),
    ]);
  });

  it('stays in columns where it is in columns', async () => {
    const world = await openHost();
    const { read, shown } = readChannels(world);
    const columns = {
      ...{ last_message_id: messageId(1), last_message_content: 'message 1' },
      ...{ last_message_from: ids.sara, last_message_username: 'sara' },
      ...{ last_message_created_at: row(1).created_at, last_message_at: row(1).created_at },
    };
    await read(channel(ids.general, { ...columns, last_message: null }));
    await world.push(messageFrame(2));
    expect(shown()).toEqual([
      channel(ids.general, {
        ...{ last_message: null, unread_count: 1 },
        ...{ last_message_id: messageId(2), last_message_content: 'message 2' },
        ...{ last_message_from: ids.omar, last_message_username: 'omar' },
        ...{ last_message_created_at: row(2).created_at, last_message_at: row(2).created_at },
      }),
    ]);
  });

  it('says who wrote it where that was an agent', async () => {
    const world = await openHost();
    const { read, shown } = readChannels(world);
    await read(withLast());
    const agent = { user_id: null, username: null, from_agent: 'helper' };
    await world.push(messageFrame(2, agent));
    expect(shown()[0]?.['last_message']).toMatchObject({
      ...{ content: 'message 2', user_id: null, from_agent: 'helper' },
    });
  });
});

describe('a list of channels that is read again', () => {
  it('drops a channel that the viewer has left', async () => {
    const world = await openHost();
    const { read, names } = readChannels(world);
    await read(channel(ids.general), channel(ids.random));
    await world.push(
      channelEvent('member_left', { channelId: ids.random, userId: ids.me, username: 'lina' }),
    );
    await world.platform.advance(settledLongAgo);
    await read(channel(ids.general));
    expect(names()).toEqual(['general']);
    await world.push(
      channelEvent('channel_updated', {
        channelId: ids.random,
        channel: { channel_id: ids.random, name: 'renamed' },
      }),
    );
    expect(names()).toEqual(['general']);
  });

  it('drops a channel that was deleted while nobody told', async () => {
    const world = await openHost();
    const { read, names } = readChannels(world);
    await read(channel(ids.general), channel(ids.random));
    world.hudhud.stop();
    await world.platform.advance(settledLongAgo);
    await read(channel(ids.general));
    expect(names()).toEqual(['general']);
  });

  it('keeps a channel that became known while it was read', async () => {
    const world = await openHost();
    const { read, names } = readChannels(world);
    await read(channel(ids.general));
    const { api, store, platform } = world;
    void store.dispatch(api.endpoints.getChannels.initiate(undefined, { forceRefetch: true }));
    await platform.settle();
    await world.push(
      channelEvent('channel_created', {
        channelId: ids.random,
        channel: { channel_id: ids.random, name: 'random' },
      }),
    );
    await world.asked('getChannels').answer({ channels: [channel(ids.general)] });
    expect(names()).toEqual(['general', 'random']);
  });

  it('drops it for selectors too where it names all channels', async () => {
    const rule = channelList({
      ...({ endpoint: 'getChannels', at: ['channels'], isComplete: () => true } as const),
    });
    const world = await openHost([rule]);
    const { read } = readChannels(world);
    await read(channel(ids.general), channel(ids.random));
    await world.platform.advance(settledLongAgo);
    await read(channel(ids.general));
    const { selectChannels } = world.hudhud.selectors;
    expect(selectChannels(world.store.getState()).map(({ name }) => name)).toEqual(['general']);
  });
});

describe('a row of a channel', () => {
  it('has no text “null” where a field was emptied', async () => {
    const world = await openHost();
    const { read, shown } = readChannels(world);
    await read(channel(ids.general, { description: 'about all' }));
    await world.push(
      channelEvent('channel_updated', {
        channelId: ids.general,
        channel: { channel_id: ids.general, name: 'general', description: null },
      }),
    );
    expect(shown()).toEqual([channel(ids.general, { description: null })]);
  });

  it('keeps to its own spelling', async () => {
    const world = await openHost();
    const { read, shown } = readChannels(world);
    await read({ channelId: ids.general, channelName: 'general', unreadCount: '0' });
    await world.push(
      channelEvent('channel_updated', {
        channelId: ids.general,
        channel: { channel_id: ids.general, name: 'all' },
      }),
    );
    expect(shown()).toEqual([{ channelId: ids.general, channelName: 'all', unreadCount: '0' }]);
  });
});

describe('unread counts', () => {
  it('leave out a channel that is gone, as the total of the layer does', async () => {
    const world = await openHost();
    const { api, store, platform, hudhud } = world;
    const { read } = readChannels(world);
    await read(channel(ids.general), channel(ids.random));
    void store.dispatch(api.endpoints.getUnread.initiate(undefined));
    await platform.settle();
    const channels = { [ids.general]: 1, [ids.random]: 3 };
    await world.asked('getUnread').answer({ data: { total: 4, channels } });
    await world.push(channelEvent('channel_deleted', { channelId: ids.random }));
    const { data } = api.endpoints.getUnread.select(undefined)(store.getState());
    expect(data).toEqual({ data: { total: 1, channels: { [ids.general]: 1 } } });
    expect(hudhud.selectors.selectUnreadTotal(store.getState())?.count).toBe(1);
  });

  it('are a sum of what is a number', async () => {
    const world = await openHost();
    const { api, store, platform } = world;
    void store.dispatch(api.endpoints.getUnread.initiate(undefined));
    await platform.settle();
    const channels = { [ids.general]: '2', [ids.random]: 'many' };
    await world.asked('getUnread').answer({ data: { total: 2, channels } });
    const { data } = api.endpoints.getUnread.select(undefined)(store.getState());
    expect(data?.data.total).toBe(2);
  });
});

it('a row of a member that is not understood takes nobody away', async () => {
  const world = await openHost();
  const { api, hudhud, store, platform } = world;
  const read = async (...members: readonly HostRow[]) => {
    void store.dispatch(api.endpoints.getMembers.initiate(ids.general, { forceRefetch: true }));
    await platform.settle();
    await world.asked('getMembers').answer({ members });
  };
  const sara = { user_id: ids.sara, role: 'member' };
  await read(sara, { user_id: ids.omar, role: 'member' });
  await read(sara, { role: 'member' });
  const known = hudhud.selectors.selectMembers(store.getState(), ids.general);
  expect(known.map(({ userId }) => userId).sort()).toEqual([ids.omar, ids.sara].sort());
});

describe('a row of a member', () => {
  it('keeps to its own spelling, and what is said of the person stays with the person', async () => {
    const world = await openHost();
    const { api, store, platform } = world;
    void store.dispatch(api.endpoints.getMembers.initiate(ids.general));
    await platform.settle();
    const person = { id: ids.omar, username: 'omar', status: 'offline' };
    await world.asked('getMembers').answer({
      members: [
        { userId: ids.sara, status: 'offline', lastSeen: null },
        { user_id: ids.omar, role: 'member', user: person },
      ],
    });
    const at = '2025-09-01T09:00:00.000Z';
    const updates = { status: 'away', last_seen: at };
    await world.push(
      presenceFrame(ids.omar),
      presenceFrame(ids.sara, { action: 'update', updates }),
    );
    const { data } = api.endpoints.getMembers.select(ids.general)(store.getState());
    expect(data?.members).toEqual([
      { userId: ids.sara, status: 'away', lastSeen: at },
      { user_id: ids.omar, role: 'member', user: { ...person, status: 'online' } },
    ]);
  });
});

describe('a list of the channels of another project', () => {
  const elsewhere = { project_id: ids.omar, description: 'about plans' };
  const plans = (over: HostRow = {}) =>
    channel(ids.sara, { ...elsewhere, name: 'plans', slug: 'plans', ...over });

  async function besideAWorkspace(...rows: readonly HostRow[]) {
    const world = await openHost();
    const { read, shown } = readChannels(world);
    await read(...rows);
    await world.platform.advance(settledLongAgo);
    const { hudhud, store, platform, layerRequests } = world;
    store.dispatch(hudhud.actions.loadWorkspace({ projectSlug: 'hudhud', channelSlug: 'general' }));
    await platform.settle();
    layerRequests.at(-1)?.json(snapshotAnswer());
    await platform.settle();
    return { world, shown };
  }

  it('keeps its rows when the layer opens a workspace, whose channels alone selectors have', async () => {
    const { world, shown } = await besideAWorkspace(plans());
    const { hudhud, store } = world;
    expect(shown()).toContainEqual(plans());
    expect(hudhud.selectors.selectChannels(store.getState()).map(({ name }) => name)).toEqual([
      ...['general', 'random'],
    ]);
    expect(hudhud.checkCaches()).toEqual([]);
  });

  it('goes on with what the stream says of them', async () => {
    const { world, shown } = await besideAWorkspace(plans());
    const renamed = { channel_id: ids.sara, name: 'big plans' };
    await world.push(channelEvent('channel_updated', { channelId: ids.sara, channel: renamed }));
    expect(shown()).toContainEqual(plans({ name: 'big plans' }));
    await world.push(channelEvent('channel_deleted', { channelId: ids.sara }));
    expect(shown().map(({ name }) => name)).not.toContain('big plans');
  });

  it('loses what the project that is opened does not have', async () => {
    const gone = channel(ids.sara, { project_id: ids.project, name: 'gone' });
    const { shown } = await besideAWorkspace(gone);
    expect(shown().map(({ name }) => name)).toEqual(['general', 'random']);
  });

  it('counts and shows what comes in it', async () => {
    const last = { message_id: messageId(1), content: 'message 1', created_at: row(1).created_at };
    const { world, shown } = await besideAWorkspace(plans({ unread_count: 3, last_message: last }));
    const inPlans = () => shown().find(({ channel_id }) => channel_id === ids.sara);
    expect(inPlans()).toEqual(plans({ unread_count: 3, last_message: last }));
    await world.push(messageFrame(2, { channelId: ids.sara }));
    expect(inPlans()).toMatchObject({ unread_count: 4, last_message: { content: 'message 2' } });
    expect(world.hudhud.checkCaches()).toEqual([]);
  });

  it('is known by what it was asked for with, where its rows do not say it', async () => {
    const world = await openHost();
    const { api, hudhud, store, platform } = world;
    const arg = { projectId: ids.omar } as never;
    void store.dispatch(api.endpoints.getChannels.initiate(arg));
    await platform.settle();
    await world.asked('getChannels').answer({ channels: [channel(ids.sara, { name: 'plans' })] });
    await world.platform.advance(settledLongAgo);
    store.dispatch(hudhud.actions.loadWorkspace({ projectSlug: 'hudhud', channelSlug: 'general' }));
    await platform.settle();
    world.layerRequests.at(-1)?.json(snapshotAnswer());
    await platform.settle();
    const { data } = api.endpoints.getChannels.select(arg)(store.getState());
    expect(data?.channels.map(({ name }) => name)).toEqual(['plans']);
  });
});
