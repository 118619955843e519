import { describe, expect, it } from '@jest/globals';
import type { RestClient } from '../../../src';
import { isHudhudError } from '../../../src';
import { createRestClient } from '../../../src/api/rest';
import type { ScriptedRequest } from '../../../src/testing';
import { createFakePlatform, createScriptedServer } from '../../../src/testing';
import { createHttpClient } from '../../../src/transport/httpClient';
import { createSession } from '../../../src/transport/session';
import { ids, messageId, row, snapshotAnswer, success } from '../../support/hudhudAnswers';

function setUp(answer: (request: ScriptedRequest) => void, signal?: AbortSignal) {
  const server = createScriptedServer(answer);
  const platform = createFakePlatform({ fetch: server.fetch });
  const session = createSession({ getToken: () => 't0k' });
  const http = createHttpClient({ baseUrl: '/api', session, platform });
  return { rest: createRestClient(http, signal), server, platform };
}

const json = (value: unknown) => (request: ScriptedRequest) => {
  request.json(value);
};
const page = { success: true, messages: [row(1)], has_more: false };
const oneMessage = { success: true, data: { message: row(1) } };
const oneChannel = { success: true, data: { channel: { channel_id: ids.random, name: 'r' } } };
const id = messageId(1);

type Case = readonly [
  name: keyof RestClient,
  call: (rest: RestClient) => Promise<unknown>,
  answer: unknown,
  request: readonly [method: string, url: string, body: unknown],
];

const cases: readonly Case[] = [
  ['projects', (r) => r.projects(), { success: true, projects: [] }, ['GET', '/projects', null]],
  [
    'workspace',
    (r) => r.workspace('a/b', 'ج', { limit: 20, includeMessages: false }),
    snapshotAnswer(),
    ['GET', '/workspace/a%2Fb/%D8%AC?include_messages=false&limit=20', null],
  ],
  [
    'channels',
    (r) => r.channels('p'),
    { success: true, channels: [] },
    ['GET', '/chat/channels?projectId=p', null],
  ],
  [
    'members',
    (r) => r.members('a b'),
    { success: true, data: { members: [] } },
    ['GET', '/chat/channels/a%20b/members', null],
  ],
  [
    'messages',
    (r) => r.messages({ channelId: ids.general, before: 1_756_700_000_001, after: 0 }),
    page,
    [
      'GET',
      `/chat/messages?channelId=${ids.general}&limit=50&before=2025-09-01T04%3A13%3A20.001Z&after=1970-01-01T00%3A00%3A00.000Z`,
      null,
    ],
  ],
  [
    'replies',
    (r) => r.replies(ids.general, id, { limit: 7 }),
    { success: true, replies: [] },
    ['GET', `/chat/messages/${id}/replies?limit=7`, null],
  ],
  [
    'replies',
    (r) => r.replies(ids.general, id, { before: 1_756_700_000_001, after: 0 }),
    { success: true, replies: [] },
    [
      'GET',
      `/chat/messages/${id}/replies?limit=50&before=2025-09-01T04%3A13%3A20.001Z&after=1970-01-01T00%3A00%3A00.000Z`,
      null,
    ],
  ],
  [
    'unread',
    (r) => r.unread(),
    { success: true, data: { total: 0, channels: {} } },
    ['GET', '/chat/messages/unread/count', null],
  ],
  [
    'project',
    (r) => r.project({ projectId: 'a/b' }),
    { success: true, project: { project_id: 'p', name: 'P', slug: 'p' } },
    ['GET', '/projects/a%2Fb', null],
  ],
  [
    'project',
    (r) => r.project({ projectSlug: 'a/b' }, ['channels', 'active_members']),
    { success: true, project: { project_id: 'p', name: 'P', slug: 'p' } },
    ['GET', '/projects/slug/a%2Fb?include=channels%2Cactive_members', null],
  ],
  [
    'projectMembers',
    (r) => r.projectMembers('p'),
    { success: true, members: [] },
    ['GET', '/projects/p/members', null],
  ],
  [
    'projectChannels',
    (r) => r.projectChannels('p'),
    { success: true, channels: [] },
    ['GET', '/projects/p/channels', null],
  ],
  ['channel', (r) => r.channel('c'), oneChannel, ['GET', '/chat/channels/c', null]],
  [
    'messagesBySlug',
    (r) => r.messagesBySlug({ channelSlug: 'a/b', projectSlug: 'p', before: id }),
    { messages: [] },
    ['GET', `/chat/channels/a%2Fb/messages?projectSlug=p&limit=50&before=${id}`, null],
  ],
  [
    'search',
    (r) => r.search({ q: 'a&b', userId: 'u', to: 0 }),
    { success: true, data: { messages: [], count: 0 } },
    [
      'GET',
      '/chat/messages/search?q=a%26b&userId=u&limit=50&endDate=1970-01-01T00%3A00%3A00.000Z',
      null,
    ],
  ],
  [
    'reactions',
    (r) => r.reactions(id),
    { success: true, reactions: [] },
    ['GET', `/chat/messages/${id}/reactions`, null],
  ],
  ['me', (r) => r.me(), { success: true, user: { id: 'u' } }, ['GET', '/auth/me', null]],
  ['accounts', (r) => r.accounts(), { success: true, users: [] }, ['GET', '/admin/users', null]],
  ['statistics', (r) => r.statistics(), { success: true }, ['GET', '/admin/statistics', null]],
  ['status', (r) => r.status(), { success: true, x: 1 }, ['GET', '/realtime/status', null]],
  [
    'send',
    (r) => r.send({ channelId: ids.general, content: 'hi' }),
    { success: true, message: row(1) },
    [
      'POST',
      '/chat/messages',
      { content: 'hi', channelId: ids.general, type: 'text', metadata: {} },
    ],
  ],
  [
    'send',
    (r) =>
      r.send({
        channelId: ids.general,
        content: 'hi',
        type: 'file',
        metadata: { k: 1 },
        parentMessageId: id,
      }),
    oneMessage,
    [
      'POST',
      '/chat/messages',
      {
        content: 'hi',
        channelId: ids.general,
        type: 'file',
        metadata: { k: 1 },
        parentMessageId: id,
      },
    ],
  ],
  [
    'edit',
    (r) => r.edit(id, 'new'),
    oneMessage,
    ['PUT', `/chat/messages/${id}`, { content: 'new' }],
  ],
  ['remove', (r) => r.remove(id), { success: true }, ['DELETE', `/chat/messages/${id}`, null]],
  [
    'react',
    (r) => r.react(id, '👍🏽'),
    { success: true },
    ['POST', `/chat/messages/${id}/reactions`, { emoji: '👍🏽' }],
  ],
  [
    'unreact',
    (r) => r.unreact(id, '👍🏽'),
    { success: true },
    ['DELETE', `/chat/messages/${id}/reactions/%F0%9F%91%8D%F0%9F%8F%BD`, null],
  ],
  [
    'markRead',
    (r) => r.markRead([id]),
    { success: true },
    ['POST', '/chat/messages/read', { messageIds: [id] }],
  ],
  [
    'typing',
    (r) => r.typing(ids.general),
    { success: true },
    ['POST', '/chat/typing', { channelId: ids.general }],
  ],
  [
    'createChannel',
    (r) => r.createChannel('p', 'r', true),
    oneChannel,
    ['POST', '/projects/p/channels', { name: 'r', isPrivate: true }],
  ],
  [
    'joinChannel',
    (r) => r.joinChannel('c'),
    { success: true },
    ['POST', '/chat/channels/c/join', {}],
  ],
  [
    'leaveChannel',
    (r) => r.leaveChannel('c'),
    { success: true },
    ['POST', '/chat/channels/c/leave', {}],
  ],
];

describe('createRestClient', () => {
  it.each(cases)(
    '%s asks as the contract says',
    async (_name, call, answer, [method, url, body]) => {
      const { rest, server } = setUp(json(answer));
      await call(rest);
      expect(server.requests).toHaveLength(1);
      const request = server.last();
      expect([request.method, request.url]).toEqual([method, `/api${url}`]);
      expect(request.body === null ? null : JSON.parse(request.body)).toEqual(body);
      expect(request.headers.get('Authorization')).toBe('Bearer t0k');
    },
  );

  it('has a test for every method', () => {
    const { rest } = setUp(success);
    expect([...new Set(cases.map(([name]) => name))].sort()).toEqual(Object.keys(rest).sort());
  });

  it('completes a row by the channel that it was sent to', async () => {
    const { channel_id: _, ...bare } = row(1);
    const { rest } = setUp(json({ success: true, message: bare }));
    await expect(rest.send({ channelId: ids.general, content: 'x' })).resolves.toMatchObject({
      channelId: ids.general,
    });
  });

  it('rejects a moment that is none, without a request', async () => {
    const { rest, server } = setUp(json(page));
    await expect(rest.messages({ channelId: 'c', before: NaN })).rejects.toMatchObject({
      code: 'INVALID_OPTION',
      data: { field: 'before' },
    });
    expect(server.requests).toHaveLength(0);
  });

  it('sends half of a character as what stands for it', async () => {
    const { rest, server } = setUp(success);
    await rest.unreact(id, '\ud83d');
    expect(server.last().url).toMatch(/reactions\/%EF%BF%BD$/);
  });

  it.each(cases)('%s rejects with an error of ours', async (_name, call) => {
    const { rest } = setUp((request) => {
      request.text('<html>', { status: 502 });
    });
    const error: unknown = await call(rest).catch((thrown: unknown) => thrown);
    expect(isHudhudError(error) && error.code).toBe('SERVER_ERROR');
  });

  it('ends with its signal', async () => {
    const abort = new AbortController();
    const { rest, server, platform } = setUp(() => undefined, abort.signal);
    const asking = rest.unread();
    const writing = rest.typing('c');
    await platform.settle();
    abort.abort();
    await expect(asking).rejects.toMatchObject({ code: 'ABORTED' });
    await expect(writing).rejects.toMatchObject({ code: 'ABORTED' });
    expect(server.requests.every((request) => request.isAborted())).toBe(true);
    expect(platform.pending().timers).toBe(0);
  });
});

describe('what a request is for', () => {
  async function usesOf(reading?: 'poll') {
    const seen: Record<string, unknown> = {};
    const http = {
      request({ path, use }: { readonly path: string; readonly use?: string }) {
        seen[path] = use;
        return Promise.resolve(undefined as never);
      },
    };
    const rest = createRestClient(http, undefined, reading);
    await rest.messages({ channelId: 'c' });
    await rest.markRead(['m']);
    await rest.typing('c');
    await rest.react('m', '👍');
    return seen;
  }

  it('is said with it', async () => {
    const writes = {
      '/chat/messages/read': 'read',
      '/chat/typing': 'typing',
      '/chat/messages/m/reactions': 'send',
    };
    expect(await usesOf()).toEqual({ ...writes, '/chat/messages': 'history' });
    expect(await usesOf('poll')).toEqual({ ...writes, '/chat/messages': 'poll' });
  });
});
