import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import samples from '../../contract/rest.json';
import { backends, startOn } from '../../support/backends';
import type { Answer, Client } from '../../support/client';
import { channelId, request, signIn } from '../../support/client';
import type { HostedEmulator } from '../../support/hostedEmulator';
import { differences } from '../../support/shape';
import type { OneChannel, Sent, Snapshot } from '../../support/wire';

interface Sample {
  readonly name: string;
  readonly status: number;
  readonly body: unknown;
  readonly optional: readonly string[];
  readonly open?: readonly string[];
}

/** What a call needs. Every call makes its own things, so their order does not matter. */
interface World {
  readonly url: string;
  readonly lina: Client;
  readonly yusuf: Client;
  readonly general: string;
  readonly leadership: string;
  readonly projectId: string;
  readonly message: (parentMessageId?: string) => Promise<string>;
  readonly channel: () => Promise<string>;
}

let counter = 0;
const unique = (word: string) => `${word} ${(counter += 1)}`;

async function makeWorld(url: string): Promise<World> {
  const lina = await signIn(url, 'lina');
  const yusuf = await signIn(url, 'yusuf');
  const general = await channelId(lina, 'general');
  const leadership = await channelId(lina, 'leadership');
  const { body } = await lina.get<{ projects: { project_id: string }[] }>('/projects');
  const projectId = body.projects[0]?.project_id ?? '';
  return {
    url,
    lina,
    yusuf,
    general,
    leadership,
    projectId,
    message: async (parentMessageId) => {
      const sent = { channelId: general, content: unique('hello'), parentMessageId };
      const answer = await lina.post<Sent>('/chat/messages', sent);
      return answer.body.message.message_id;
    },
    channel: async () => {
      const answer = await lina.post<OneChannel>('/chat/channels', { name: unique('room') });
      return answer.body.data.channel.channel_id;
    },
  };
}

const newcomer = () => {
  const username = unique('new').replace(' ', '-');
  return { email: `${username}@example.com`, username, password: 'long enough', fullName: 'New' };
};

async function cookieOf(url: string): Promise<string> {
  const body = { email: 'omar@hudhud.example', password: 'hudhud-demo' };
  const { headers } = await request(url, 'POST', '/auth/login', { body });
  return headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

const calls: Readonly<Record<string, (world: World) => Promise<Answer<unknown>>>> = {
  'POST /auth/register': ({ url }) => request(url, 'POST', '/auth/register', { body: newcomer() }),
  'POST /auth/login': ({ url }) =>
    request(url, 'POST', '/auth/login', { body: { username: 'sara', password: 'hudhud-demo' } }),
  'POST /auth/refresh': async ({ url }) =>
    request(url, 'POST', '/auth/refresh', { body: '', headers: { cookie: await cookieOf(url) } }),
  'POST /auth/logout': async ({ url }) =>
    request(url, 'POST', '/auth/logout', { body: {}, headers: { cookie: await cookieOf(url) } }),
  'GET /auth/me': ({ lina }) => lina.get('/auth/me'),
  'PUT /auth/profile': ({ lina }) => lina.send('PUT', '/auth/profile', { bio: 'Watches birds' }),
  'GET /projects': ({ lina }) => lina.get('/projects'),
  'GET /projects?lightweight=true': ({ lina }) => lina.get('/projects?lightweight=true'),
  'GET /projects/:id': ({ lina, projectId }) =>
    lina.get(`/projects/${projectId}?include=channels,active_members`),
  'GET /projects/slug/:slug': ({ lina }) => lina.get('/projects/slug/hudhud'),
  'POST /projects': ({ lina }) => lina.post('/projects', { name: unique('project') }),
  'GET /projects/:id/members': ({ lina, projectId }) => lina.get(`/projects/${projectId}/members`),
  'POST /projects/:id/members': async ({ lina, yusuf }) => {
    const made = await lina.post<{ project: { project_id: string } }>('/projects', {
      name: unique('project'),
    });
    const { project_id } = made.body.project;
    return lina.post(`/projects/${project_id}/members`, { userId: yusuf.userId, role: 'member' });
  },
  'GET /projects/:id/channels': ({ lina, projectId }) =>
    lina.get(`/projects/${projectId}/channels`),
  'POST /projects/:id/channels': ({ lina, projectId }) =>
    lina.post(`/projects/${projectId}/channels`, { name: unique('room'), description: 'A room' }),
  'GET /workspace/:projectSlug/:channelSlug': ({ lina }) =>
    lina.get('/workspace/hudhud/general?include_messages=true&limit=50'),
  'GET /workspace/:projectSlug/:channelSlug (fallback)': ({ lina }) =>
    lina.get('/workspace/hudhud/nowhere?include_messages=true'),
  'GET /chat/channels': ({ lina, projectId }) => lina.get(`/chat/channels?projectId=${projectId}`),
  'POST /chat/channels': ({ lina }) => lina.post('/chat/channels', { name: unique('room') }),
  'GET /chat/channels/:id': ({ lina, general }) => lina.get(`/chat/channels/${general}`),
  'PUT /chat/channels/:id': async ({ lina, channel }) =>
    lina.send('PUT', `/chat/channels/${await channel()}`, { description: 'New' }),
  'DELETE /chat/channels/:id': async ({ lina, channel }) =>
    lina.send('DELETE', `/chat/channels/${await channel()}`),
  'POST /chat/channels/:id/join': async ({ yusuf, channel }) =>
    yusuf.post(`/chat/channels/${await channel()}/join`),
  'POST /chat/channels/:id/leave': async ({ lina, channel }) =>
    lina.post(`/chat/channels/${await channel()}/leave`),
  'GET /chat/channels/:id/members': ({ lina, general }) =>
    lina.get(`/chat/channels/${general}/members`),
  'GET /chat/channels/:slug/messages': ({ lina }) =>
    lina.get('/chat/channels/general/messages?limit=20&projectSlug=hudhud'),
  'GET /chat/messages': ({ lina, general }) => lina.get(`/chat/messages?channelId=${general}`),
  'POST /chat/messages': ({ lina, general }) =>
    lina.post('/chat/messages', { channelId: general, content: 'hi', metadata: { nonce: 'n-1' } }),
  'PUT /chat/messages/:id': async ({ lina, message }) =>
    lina.send('PUT', `/chat/messages/${await message()}`, { content: 'better' }),
  'DELETE /chat/messages/:id': async ({ lina, message }) =>
    lina.send('DELETE', `/chat/messages/${await message()}`),
  'GET /chat/messages/:id/replies': async ({ lina, message }) => {
    const head = await message();
    await message(head);
    return lina.get(`/chat/messages/${head}/replies?limit=10`);
  },
  'POST /chat/messages/:id/replies': async ({ yusuf, message }) =>
    yusuf.post(`/chat/messages/${await message()}/replies`, { content: 'a reply' }),
  'POST /chat/messages/read': async ({ yusuf, message }) =>
    yusuf.post('/chat/messages/read', { messageIds: [await message()] }),
  'GET /chat/messages/unread/count': ({ lina }) => lina.get('/chat/messages/unread/count'),
  'POST /chat/messages/:id/reactions': async ({ yusuf, message }) =>
    yusuf.post(`/chat/messages/${await message()}/reactions`, { emoji: '👏🏽' }),
  'DELETE /chat/messages/:id/reactions/:emoji': async ({ yusuf, message }) => {
    const path = `/chat/messages/${await message()}/reactions`;
    await yusuf.post(path, { emoji: '❤️' });
    return yusuf.send('DELETE', `${path}/${encodeURIComponent('❤️')}`);
  },
  'GET /chat/messages/:id/reactions': async ({ lina, yusuf, message }) => {
    const path = `/chat/messages/${await message()}/reactions`;
    await yusuf.post(path, { emoji: '🎉' });
    return lina.get(path);
  },
  'POST /chat/typing': ({ lina, general }) => lina.post('/chat/typing', { channelId: general }),
  'POST /admin/broadcast': ({ lina }) => lina.post('/admin/broadcast', { content: 'maintenance' }),
  'GET /realtime/status': ({ url }) => request(url, 'GET', '/realtime/status'),
  'GET /health': ({ url }) => request(url, 'GET', '/../health'),
  'error: no token': ({ url }) => request(url, 'GET', '/auth/me'),
  'error: bad token': ({ url }) => request(url, 'GET', '/auth/me', { token: 'a.b.c' }),
  'error: wrong password': ({ url }) =>
    request(url, 'POST', '/auth/login', { body: { username: 'lina', password: 'wrong' } }),
  'error: validation': ({ lina, general }) =>
    lina.post('/chat/messages', { channelId: general, content: '   ' }),
  'error: not a uuid': ({ lina }) => lina.get('/chat/messages?channelId=general'),
  'error: bad json': ({ lina }) => lina.post('/chat/messages', '{"content":'),
  'error: forbidden': ({ yusuf, leadership }) => yusuf.get(`/chat/channels/${leadership}`),
  'error: unknown route': ({ lina }) => lina.get('/nowhere'),
  'error: unknown channel': ({ lina, projectId }) => lina.get(`/chat/channels/${projectId}`),
  'error: unknown message': ({ lina, projectId }) =>
    lina.send('DELETE', `/chat/messages/${projectId}`),
  'error: channel name taken': ({ lina, projectId }) =>
    lina.post(`/projects/${projectId}/channels`, { name: 'General' }),
};

// an expired token takes a server of its own: auth.test.ts
const elsewhere = new Set(['error: expired token']);
const here: readonly Sample[] = samples.filter(({ name }) => !elsewhere.has(name));

describe.each(backends)('REST answers on %s', (backend) => {
  let emulator: HostedEmulator;
  let world: World;

  beforeAll(async () => {
    emulator = await startOn(backend);
    world = await makeWorld(emulator.url);
  });
  afterAll(() => emulator.stop());

  test('every sample is asked for', () => {
    expect(Object.keys(calls).sort()).toEqual(here.map(({ name }) => name).sort());
  });

  test.each(here)('$name', async ({ name, status, body, optional, open }) => {
    const answer = await calls[name]?.(world);
    expect(answer?.status).toBe(status);
    expect(differences(body, answer?.body, { optional, ...(open && { open }) })).toEqual([]);
    if (name.startsWith('error:')) {
      const { error } = body as { error: { code: string; statusCode: number } };
      expect(answer?.body).toMatchObject({
        success: false,
        error: { code: error.code, statusCode: status },
      });
    }
  });

  test('a list holds something, or its shape was not looked at', async () => {
    const { body } = await world.lina.get<Snapshot>(
      '/workspace/hudhud/general?include_messages=true',
    );
    expect(body.messages.length).toBeGreaterThan(5);
    expect(body.messages.some((message) => message.reactions.length > 0)).toBe(true);
    expect(body.active_members.length).toBeGreaterThanOrEqual(6);
  });

  test('nothing went wrong inside the server', () => {
    expect(emulator.stderr()).toBe('');
  });
});

if (backends.length === 1) {
  test.skip('on a real Postgres too: set DATABASE_URL to a server where databases may be created', () =>
    undefined);
}
