import { describe, expect, it } from '@jest/globals';
import type { MessagesArg } from '../support/hostApi';
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
import { messageList } from '../../src';

const patchesOf = ({ actions }: HostWorld): number =>
  actions.filter(({ type }) => type === 'hostApi/queries/queryResultPatched').length;

describe('a cached list of messages', () => {
  it('takes in what came before its first answer, and loses nothing that comes while it is read again', async () => {
    const world = await openHost();
    await askMessages(world);
    await world.push(messageFrame(3));
    await world.asked('getMessages').answer([row(1), row(2)]);
    expect(textsIn(world)).toEqual(['message 1', 'message 2', 'message 3']);
    await askMessages(world, { forceRefetch: true });
    await world.push(editedFrame(messageId(1), 'edited'), deletedFrame(messageId(2)));
    expect(textsIn(world)).toEqual(['edited', 'message 3']);
    await world.asked('getMessages').answer([row(1), row(2), row(3)]);
    expect(textsIn(world)).toEqual(['edited', 'message 3']);
  });

  it('loses what a later answer does not list any more, also without a stream', async () => {
    const world = await loadedHost(row(1), row(2), row(3));
    world.hudhud.stop();
    await world.platform.advance(10_000);
    await askMessages(world, { forceRefetch: true });
    await world.asked('getMessages').answer([row(1)]);
    expect(textsIn(world)).toEqual(['message 1']);
  });

  it('is patched once per batch, and keeps the rows that did not change', async () => {
    const world = await loadedHost(row(1), row(2));
    const [first, second] = messagesIn(world);
    const before = patchesOf(world);
    // whoever is still to be told of the answer is told now
    world.store.dispatch({ type: 'host/flushed' });
    let woken = 0;
    let shown: unknown[] = [];
    world.store.subscribe(() => {
      woken += 1;
      shown = textsIn(world);
    });
    await world.push(
      ...[3, 4, 5, 6].map((n) => messageFrame(n)),
      editedFrame(messageId(2), 'edited'),
    );
    expect(patchesOf(world)).toBe(before + 1);
    expect(woken).toBe(1);
    expect(shown).toEqual(['message 1', 'edited', ...[3, 4, 5, 6].map((n) => `message ${n}`)]);
    expect(messagesIn(world)[0]).toBe(first);
    expect(messagesIn(world)[1]).not.toBe(second);
  });

  it('is not touched by what happens elsewhere', async () => {
    const world = await loadedHost(row(1));
    const before = messagesIn(world);
    await world.push(
      messageFrame(2, { channelId: ids.random }),
      presenceFrame(ids.sara),
      frame('typing', { channelId: ids.general, userId: ids.omar, isTyping: true }),
    );
    expect(messagesIn(world)).toBe(before);
    expect(patchesOf(world)).toBe(0);
  });

  it('keeps what its rows have beside the contract, and their own spelling', async () => {
    const world = await loadedHost({
      ...{ messageId: messageId(1), channelId: ids.general, userId: ids.omar, starred: true },
      ...{ content: 'one', createdAt: '2025-09-01T08:00:00.123456Z' },
    });
    await world.push(editedFrame(messageId(1), 'two', '2025-09-01T09:00:00.000Z'));
    expect(messagesIn(world)).toEqual([
      {
        ...{ messageId: messageId(1), channelId: ids.general, userId: ids.omar, starred: true },
        ...{ content: 'two', createdAt: '2025-09-01T08:00:00.123456Z' },
        edited_at: '2025-09-01T09:00:00.000Z',
      },
    ]);
  });

  it('leaves a row where it is that nobody understands, and counts it', async () => {
    const strange = { message_id: '__proto__', content: 'strange' };
    const world = await loadedHost(row(1), strange, row(2));
    expect(textsIn(world)).toEqual(['message 1', 'strange', 'message 2']);
    await world.push(messageFrame(3));
    expect(textsIn(world)).toEqual(['message 1', 'strange', 'message 2', 'message 3']);
    const { counters, quarantine } = world.hudhud.getStatus();
    expect(counters.rejections?.by).toEqual({ hostile_id: 1 });
    expect(quarantine.map(({ reason }) => reason)).toEqual(['hostile_id']);
  });

  it('is left as it came where its rule throws', async () => {
    const channelId = (): string => {
      throw new Error('broken');
    };
    const world = await openHost([messageList({ endpoint: 'getMessages', channelId })]);
    await askMessages(world);
    await world.asked('getMessages').answer([row(1)]);
    await world.push(messageFrame(2));
    expect(textsIn(world)).toEqual(['message 1']);
    expect(world.hudhud.getStatus().counters.handlerErrors?.by).toEqual({ cachePatcher: 1 });
  });

  it('takes rows of a shape of the host, both ways', async () => {
    const rule = messageList({
      endpoint: 'getMessages',
      channelId: ({ channelId }: MessagesArg) => channelId,
      newestFirst: true,
      fromRow: (held) => {
        const { id, text, at } = held as { id: string; text: string; at: string };
        return { message_id: id, content: text, created_at: at, user_id: ids.omar };
      },
      toRow: ({ id, key, content, createdAt, status }) => ({
        ...{ id: id ?? key, text: content, at: new Date(createdAt).toISOString() },
        isPending: status !== 'confirmed',
      }),
    });
    const world = await openHost([rule]);
    await askMessages(world);
    const held = [2, 1].map((n) => ({ id: messageId(n), text: `m${n}`, at: row(n).created_at }));
    await world.asked('getMessages').answer(held);
    await world.push(messageFrame(3));
    expect(messagesIn(world).map(({ text, isPending }) => [text, isPending])).toEqual([
      ['message 3', false],
      ['m2', false],
      ['m1', false],
    ]);
  });

  it('shows a send at once, under one key, and never twice', async () => {
    const world = await loadedHost(row(1));
    const { hudhud, store, platform } = world;
    store.dispatch(hudhud.actions.sendMessage({ channelId: ids.general, content: 'hello' }));
    expect(textsIn(world)).toEqual(['message 1', 'hello']);
    const key = messagesIn(world)[1]?.['client_id'];
    expect(typeof key).toBe('string');
    expect(messagesIn(world)[1]?.['status']).toBe('sending');
    await platform.settle();
    const post = world.layerRequests.at(-1);
    const body = JSON.parse(post?.body ?? '{}') as { metadata: object };
    const told = row(2, { user_id: ids.me, content: 'hello', metadata: body.metadata });
    await world.push(messageFrame(2, told));
    expect(messagesIn(world)[1]).toMatchObject({ message_id: messageId(2), client_id: key });
    expect(messagesIn(world)[1]).not.toHaveProperty('status');
    post?.json({ success: true, message: told });
    await platform.settle();
    expect(textsIn(world)).toEqual(['message 1', 'hello']);
  });

  it('can be edited by a wish, although only the host has read it', async () => {
    const world = await loadedHost(row(1, { user_id: ids.me }));
    const { hudhud, store } = world;
    const target = messageId(1);
    store.dispatch(hudhud.actions.editMessage({ channelId: ids.general, target, content: 'new' }));
    expect(textsIn(world)).toEqual(['new']);
  });

  it('begins anew when it was let go, and takes nothing in while it is not there', async () => {
    const world = await loadedHost(row(1));
    const { api, store } = world;
    const [queryCacheKey] = Object.keys(store.getState().hostApi.queries);
    store.dispatch(
      api.internalActions.removeQueryResult({ queryCacheKey: queryCacheKey as never }),
    );
    await world.push(messageFrame(2), deletedFrame(messageId(1)));
    expect(patchesOf(world)).toBe(0);
    await askMessages(world);
    await world.push(messageFrame(3));
    await world.asked('getMessages').answer([row(1), row(2)]);
    expect(textsIn(world)).toEqual(['message 2', 'message 3']);
  });

  it('takes an answer for none that another request has overtaken', async () => {
    const world = await loadedHost(row(1));
    await askMessages(world, { forceRefetch: true });
    const late = world.asked('getMessages');
    const filled = [row(1), row(2)];
    await world.store.dispatch(world.api.util.upsertQueryData('getMessages', general, filled));
    await world.push(messageFrame(3));
    await late.answer([row(1)]);
    // the older answer was asked for before the value was put in, which was put in before the event
    expect(textsIn(world)).toEqual(['message 1', 'message 2', 'message 3']);
  });

  it('follows answers that the host put in itself', async () => {
    const world = await openHost();
    world.store.dispatch(
      world.api.util.upsertQueryEntries([
        { endpointName: 'getMessages', arg: general, value: [row(1)] },
      ]),
    );
    await world.push(messageFrame(2));
    expect(textsIn(world)).toEqual(['message 1', 'message 2']);
  });

  it('replaces what somebody else patched as soon as it knows better, and what that one undoes', async () => {
    const world = await loadedHost(row(1), row(2));
    const { api, store } = world;
    const patch = store.dispatch(
      api.util.updateQueryData('getMessages', general, (rows) => {
        (rows as unknown[]).push({ content: 'draft' });
      }),
    );
    expect(textsIn(world)).toEqual(['message 1', 'message 2', 'draft']);
    await world.push(messageFrame(3));
    expect(textsIn(world)).toEqual(['message 1', 'message 2', 'message 3']);
    // its inverse patch cuts the list to the length that it had
    patch.undo();
    expect(textsIn(world)).toEqual(['message 1', 'message 2', 'message 3']);
  });

  it('ends with the session', async () => {
    const world = await loadedHost(row(1));
    const { hudhud, platform } = world;
    void hudhud.auth.logout();
    await platform.settle();
    expect(hudhud.checkCaches()).toEqual([]);
    expect(textsIn(world)).toEqual(['message 1']);
  });

  it('is compared with what selectors say: the place of a difference is named', async () => {
    const world = await loadedHost(row(1), row(2));
    const { api, store, hudhud } = world;
    expect(hudhud.checkCaches()).toEqual([]);
    store.dispatch(
      api.util.updateQueryData('getMessages', general, (rows) => {
        Object.assign(rows[1] ?? {}, { content: 'wrong' });
      }),
    );
    expect(hudhud.checkCaches()).toEqual([
      {
        ...{ reducerPath: 'hostApi', endpoint: 'getMessages', arg: general },
        ...{ path: '1.content', cached: 'wrong', expected: 'message 2' },
      },
    ]);
  });
});

describe('a cached infinite list', () => {
  it('takes new messages into the page that reaches up to now, and asks older ones without them', async () => {
    const world = await openHost();
    const { api, store, platform, hudhud } = world;
    const read = async (direction?: 'forward') => {
      void store.dispatch(
        api.endpoints.getHistory.initiate(general, { ...(direction && { direction }) }),
      );
      await platform.settle();
    };
    const pages = () => {
      const { data } = api.endpoints.getHistory.select(general)(store.getState());
      return data?.pages.map(({ messages }) => messages.map(({ content }) => content));
    };
    await read();
    await world.asked('getHistory').answer({ messages: [row(3), row(4)], has_more: true });
    store.dispatch(hudhud.actions.sendMessage({ channelId: ids.general, content: 'mine' }));
    await world.push(messageFrame(5));
    expect(pages()).toEqual([['message 3', 'message 4', 'message 5', 'mine']]);
    await read('forward');
    await world.push(deletedFrame(messageId(3)));
    await world.asked('getHistory').answer({ messages: [row(1), row(2)], has_more: false });
    expect(pages()).toEqual([
      ['message 4', 'message 5', 'mine'],
      ['message 1', 'message 2'],
    ]);
    const [operation] = hudhud.selectors.selectHudhud(store.getState()).outbox.channels;
    const opId = operation?.operations[0]?.opId ?? '';
    world.layerRequests.at(-1)?.json({ success: false }, { status: 403 });
    await platform.settle();
    store.dispatch(hudhud.actions.discard({ opId }));
    expect(pages()).toEqual([
      ['message 4', 'message 5'],
      ['message 1', 'message 2'],
    ]);
  });
});

describe('other cached answers', () => {
  it('one message: edits, and what is left of it when it is deleted', async () => {
    const world = await openHost();
    const { api, store, platform } = world;
    void store.dispatch(api.endpoints.getMessage.initiate(messageId(1)));
    await platform.settle();
    await world.asked('getMessage').answer({ message: row(1) });
    const shown = () =>
      api.endpoints.getMessage.select(messageId(1))(store.getState()).data?.message;
    await world.push(editedFrame(messageId(1), 'edited'));
    expect(shown()).toMatchObject({ content: 'edited', username: 'omar' });
    await world.push(deletedFrame(messageId(1)));
    expect(shown()).toMatchObject({ message_id: messageId(1), content: '', reactions: [] });
    expect(typeof shown()?.['deleted_at']).toBe('string');
  });

  it('channels: names, unread counts and last messages; they come and go', async () => {
    const world = await openHost();
    const { api, store, platform } = world;
    void store.dispatch(api.endpoints.getChannels.initiate(undefined));
    await platform.settle();
    const channel = (id: string, name: string) => ({
      ...{ channel_id: id, name, member_count: '2', unread_count: 0, last_message: null, extra: 1 },
    });
    await world
      .asked('getChannels')
      .answer({ channels: [channel(ids.general, 'general'), channel(ids.random, 'random')] });
    const shown = () =>
      api.endpoints.getChannels.select(undefined)(store.getState()).data?.channels;
    await world.push(messageFrame(1));
    expect(shown()?.[0]).toMatchObject({
      ...{ unread_count: 1, last_message_content: 'message 1', last_message_username: 'omar' },
      ...{ extra: 1, member_count: '2' },
    });
    const event = (action: string, data: object) => frame('channel_event', { action, ...data });
    await world.push(
      event('channel_deleted', { channelId: ids.random }),
      event('channel_updated', {
        channelId: ids.general,
        channel: { channel_id: ids.general, name: 'all' },
      }),
      event('channel_created', {
        channelId: ids.project,
        channel: { channel_id: ids.project, name: 'new' },
      }),
    );
    expect(shown()?.map(({ name }) => name)).toEqual(['all', 'new']);
  });

  it('members: roles, who is online, who comes and goes', async () => {
    const world = await openHost();
    const { api, store, platform } = world;
    void store.dispatch(api.endpoints.getMembers.initiate(ids.general));
    await platform.settle();
    const member = (user_id: string) => ({ user_id, role: 'member', status: 'offline', note: 'x' });
    await world.asked('getMembers').answer({ members: [member(ids.me), member(ids.omar)] });
    const shown = () =>
      api.endpoints.getMembers.select(ids.general)(store.getState()).data?.members;
    await world.push(
      presenceFrame(ids.omar),
      frame('channel_event', {
        action: 'member_joined',
        channelId: ids.general,
        userId: ids.sara,
        username: 'sara',
      }),
      frame('channel_event', { action: 'member_left', channelId: ids.general, userId: ids.me }),
    );
    expect(shown()?.map(({ user_id, status, note }) => [user_id, status, note])).toEqual([
      [ids.omar, 'online', 'x'],
      [ids.sara, undefined, undefined],
    ]);
  });

  it('unread counts: what comes counts, what is read does not', async () => {
    const world = await openHost();
    const { api, store, platform, hudhud } = world;
    void store.dispatch(api.endpoints.getUnread.initiate(undefined));
    await platform.settle();
    await world
      .asked('getUnread')
      .answer({ data: { total: 2, channels: { [ids.general]: 0, [ids.random]: 2 } } });
    const shown = () => api.endpoints.getUnread.select(undefined)(store.getState()).data?.data;
    await world.push(messageFrame(1), messageFrame(2));
    expect(shown()).toEqual({ total: 4, channels: { [ids.general]: 2, [ids.random]: 2 } });
    hudhud.markRead(ids.general);
    expect(shown()).toEqual({ total: 2, channels: { [ids.general]: 0, [ids.random]: 2 } });
  });

  it('a workspace: everything in it', async () => {
    const world = await openHost();
    const { api, store, platform } = world;
    void store.dispatch(api.endpoints.getWorkspace.initiate('hudhud'));
    await platform.settle();
    await world
      .asked('getWorkspace')
      .answer(snapshotAnswer({ stats: { unread_total: 0, members_online: 1, total_channels: 2 } }));
    const shown = () => api.endpoints.getWorkspace.select('hudhud')(store.getState()).data as never;
    await world.push(messageFrame(3), presenceFrame(ids.omar));
    expect(shown()).toMatchObject({
      messages: [{ content: 'message 1' }, { content: 'message 2' }, { content: 'message 3' }],
      channels: [{ name: 'general', last_message_content: 'message 3' }, { name: 'random' }],
      active_members: [{ user_id: ids.me }, { user_id: ids.omar, status: 'online' }],
      stats: { members_online: 2, total_channels: 2 },
      project: { slug: 'hudhud' },
    });
  });
});
