import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { backends, startOn } from '../../support/backends';
import type { Client } from '../../support/client';
import { channelId, signIn } from '../../support/client';
import type { HostedEmulator } from '../../support/hostedEmulator';
import type { Edited, Page, Sent, Snapshot, WireMessage } from '../../support/wire';

describe.each(backends)('messages on %s', (backend) => {
  let emulator: HostedEmulator;
  let lina: Client; // admin
  let sara: Client; // moderator
  let yusuf: Client; // member, not in leadership
  let nadia: Client; // member
  let general: string;
  let leadership: string;

  beforeAll(async () => {
    emulator = await startOn(backend);
    const { url } = emulator;
    lina = await signIn(url, 'lina');
    sara = await signIn(url, 'sara');
    yusuf = await signIn(url, 'yusuf');
    nadia = await signIn(url, 'nadia');
    general = await channelId(lina, 'general');
    leadership = await channelId(lina, 'leadership');
  });
  afterAll(() => emulator.stop());

  async function write(author: Client, content: string, more: object = {}): Promise<WireMessage> {
    const { body } = await author.post<Sent>('/chat/messages', {
      channelId: general,
      content,
      ...more,
    });
    return body.message;
  }

  const page = async (reader = lina): Promise<readonly WireMessage[]> =>
    (await reader.get<Page>(`/chat/messages?channelId=${general}&limit=100`)).body.messages;

  const find = async (messageId: string) =>
    (await page()).find((message) => message.message_id === messageId);

  test('metadata comes back as sent', async () => {
    const metadata = { nonce: 'n-1', list: [1, 'two', null], deep: { يوم: true, emoji: '🦤' } };
    const sent = await write(yusuf, 'with metadata', { metadata });
    expect(sent.metadata).toEqual(metadata);
    expect((await find(sent.message_id))?.metadata).toEqual(metadata);
  });

  test('content is trimmed and holds 1 to 10,000 characters', async () => {
    expect((await write(yusuf, '  مرحبا  ')).content).toBe('مرحبا');
    expect((await write(yusuf, '🦤'.repeat(10_000))).content).toHaveLength(20_000);
    for (const content of [' \n ', 'x'.repeat(10_001), 7, null]) {
      const answer = await yusuf.post('/chat/messages', { channelId: general, content });
      expect(answer.status).toBe(400);
    }
  });

  test.each([
    [{ type: 'shout' }, 'VALIDATION_ERROR'],
    [{ metadata: [] }, 'VALIDATION_ERROR'],
    [{ content: 'a\u0000b' }, 'VALIDATION_ERROR'],
    [{ parentMessageId: 'x' }, 'BAD_UUID'],
    [{ channelId: 5 }, 'BAD_UUID'],
    [{ channelId: undefined }, 'VALIDATION_ERROR'],
  ])('%j is refused', async (change, code) => {
    const body = { channelId: general, content: 'hi', ...change };
    const answer = await yusuf.post('/chat/messages', body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ error: { code } });
  });

  test('only its author edits; an edit keeps the rest', async () => {
    const sent = await write(yusuf, 'first', { metadata: { kept: true } });
    const path = `/chat/messages/${sent.message_id}`;
    expect((await lina.send('PUT', path, { content: 'no' })).status).toBe(403);
    const { body } = await yusuf.send<Edited>('PUT', path, { content: 'second' });
    const { edited_at: editedAt, ...rest } = body.data.message;
    expect(rest).toMatchObject({ content: 'second', metadata: { kept: true } });
    expect(rest.created_at).toBe(sent.created_at);
    expect(Date.parse(editedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(sent.created_at));
  });

  test('its author or a moderator deletes, and then it is gone', async () => {
    const own = await write(yusuf, 'mine');
    const other = await write(yusuf, 'also mine');
    const path = (message: WireMessage) => `/chat/messages/${message.message_id}`;
    expect((await nadia.send('DELETE', path(own))).status).toBe(403);
    expect((await yusuf.send('DELETE', path(own))).status).toBe(200);
    expect((await sara.send('DELETE', path(other))).status).toBe(200);
    expect((await yusuf.send('DELETE', path(own))).status).toBe(404);
    expect((await yusuf.send('PUT', path(own), { content: 'back' })).status).toBe(404);
    expect(await find(own.message_id)).toBeUndefined();
  });

  test('a deleted thread head keeps its place without its words', async () => {
    const head = await write(yusuf, 'secret', { metadata: {} });
    const reply = await write(nadia, 'a reply', { parentMessageId: head.message_id });
    await nadia.post(`/chat/messages/${head.message_id}/reactions`, { emoji: '👍' });
    await yusuf.send('DELETE', `/chat/messages/${head.message_id}`);

    const left = await find(head.message_id);
    expect(left).toMatchObject({ content: '', thread_count: 1, reactions: [] });
    expect(left?.deleted_at).not.toBeNull();
    const replies = `/chat/messages/${head.message_id}/replies`;
    const { body } = await nadia.get<{ replies: WireMessage[] }>(replies);
    expect(body.replies.map((one) => one.message_id)).toEqual([reply.message_id]);

    await nadia.send('DELETE', `/chat/messages/${reply.message_id}`);
    expect(await find(head.message_id)).toBeUndefined();
  });

  test('replies stay out of the channel page and are counted at their head', async () => {
    const head = await write(yusuf, 'question');
    const reply = await write(nadia, 'answer', { parentMessageId: head.message_id });
    expect(await find(reply.message_id)).toBeUndefined();
    expect((await find(head.message_id))?.thread_count).toBe(1);
    const nested = { channelId: general, content: 'deeper', parentMessageId: reply.message_id };
    expect((await yusuf.post('/chat/messages', nested)).status).toBe(400);
    const elsewhere = { channelId: leadership, content: 'x', parentMessageId: head.message_id };
    expect((await lina.post('/chat/messages', elsewhere)).status).toBe(400);
  });

  test('a private channel is closed to all but its members', async () => {
    const answers = await Promise.all([
      yusuf.get(`/chat/messages?channelId=${leadership}`),
      yusuf.post('/chat/messages', { channelId: leadership, content: 'hi' }),
      yusuf.post('/chat/typing', { channelId: leadership }),
      yusuf.get(`/chat/channels/${leadership}/members`),
      yusuf.get(`/realtime/stream/channel/${leadership}`),
      yusuf.post(`/chat/channels/${leadership}/join`),
      yusuf.send('PUT', `/chat/channels/${leadership}`, { name: 'ours' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 403));
    const { body } = await yusuf.get<Snapshot>('/workspace/hudhud/general');
    expect(body.channels.map(({ slug }) => slug)).not.toContain('leadership');
    expect((await lina.get(`/chat/messages?channelId=${leadership}`)).status).toBe(200);
  });

  test('a workspace channel that is missing or closed falls back to another', async () => {
    const open = async (reader: Client, slug: string) =>
      (await reader.get<Snapshot>(`/workspace/hudhud/${slug}?include_messages=true`)).body;
    const missing = await open(lina, 'nowhere');
    expect(missing.current_channel.slug).toBe('general');
    expect(missing).toMatchObject({
      fallback_used: true,
      requested_channel: 'nowhere',
      fallback_reason: 'channel_not_found',
    });
    expect(missing.messages.every((one) => one.channel_id === general)).toBe(true);
    expect(await open(yusuf, 'leadership')).toMatchObject({ fallback_reason: 'access_denied' });
    expect('fallback_used' in (await open(lina, 'engineering'))).toBe(false);
    expect((await lina.get('/workspace/nowhere/general')).status).toBe(404);
  });

  test('the preview follows the newest message that is left', async () => {
    const preview = async () => {
      const { body } = await lina.get<Snapshot>('/workspace/hudhud/general');
      return body.channels.find(({ channel_id }) => channel_id === general)?.last_message_id;
    };
    const first = await write(yusuf, 'stays');
    const second = await write(yusuf, 'goes');
    expect(await preview()).toBe(second.message_id);
    await write(nadia, 'a reply is no preview', { parentMessageId: first.message_id });
    expect(await preview()).toBe(second.message_id);
    await yusuf.send('DELETE', `/chat/messages/${second.message_id}`);
    expect(await preview()).toBe(first.message_id);
  });

  test('reading moves a mark up to the newest message named', async () => {
    const unread = async () => {
      interface Counts {
        readonly data: { readonly total: number; readonly channels: Record<string, number> };
      }
      const { body } = await nadia.get<Counts>('/chat/messages/unread/count');
      return body.data.channels[general];
    };
    const messages = await page(nadia);
    await nadia.post('/chat/messages/read', { messageIds: [messages.at(-1)?.message_id] });
    expect(await unread()).toBe(0);
    const first = await write(yusuf, 'one');
    const second = await write(yusuf, 'two');
    await write(nadia, 'own messages are not unread');
    expect(await unread()).toBe(2);
    await nadia.post('/chat/messages/read', { messageIds: [first.message_id] });
    expect(await unread()).toBe(1);
    await nadia.post('/chat/messages/read', { messageIds: [second.message_id] });
    await nadia.post('/chat/messages/read', { messageIds: [first.message_id] });
    expect(await unread()).toBe(0);
    expect((await nadia.post('/chat/messages/read', { messageIds: 'x' })).status).toBe(400);
  });

  test('a reaction counts once per person', async () => {
    const { message_id: id } = await write(yusuf, 'react to me');
    const path = `/chat/messages/${id}/reactions`;
    await nadia.post(path, { emoji: '👍' });
    await nadia.post(path, { emoji: '👍' });
    await yusuf.post(path, { emoji: '👍' });
    expect((await find(id))?.reactions).toMatchObject([{ emoji: '👍', count: 2 }]);
    await nadia.send('DELETE', `${path}/${encodeURIComponent('👍')}`);
    expect((await find(id))?.reactions).toMatchObject([{ emoji: '👍', count: 1 }]);
  });

  test('a reaction that is not there cannot be removed', async () => {
    const { message_id: id } = await write(yusuf, 'no reactions');
    const path = `/chat/messages/${id}/reactions`;
    await yusuf.post(path, { emoji: '👍' });
    const remove = () => nadia.send('DELETE', `${path}/${encodeURIComponent('👍')}`);
    expect(await remove()).toMatchObject({
      status: 404,
      body: { error: { code: 'REACTION_NOT_FOUND' } },
    });
    await nadia.post(path, { emoji: '👍' });
    expect((await remove()).status).toBe(200);
    expect((await remove()).status).toBe(404);
  });

  test('what is deleted takes no edit and no reaction, even as the head of a thread', async () => {
    const head = await write(yusuf, 'head');
    await write(nadia, 'reply', { parentMessageId: head.message_id });
    const path = `/chat/messages/${head.message_id}`;
    await yusuf.send('DELETE', path);
    const answers = [
      await yusuf.send('PUT', path, { content: 'back' }),
      await yusuf.post(`${path}/reactions`, { emoji: '👍' }),
      await yusuf.post(`${path}/replies`, { content: 'late' }),
      await yusuf.send('DELETE', path),
    ];
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 404, body: { error: { code: 'MESSAGE_NOT_FOUND' } } });
    }
  });

  test('replies are paged by time and by id, both ways', async () => {
    const head = await write(yusuf, 'long thread');
    for (let at = 0; at < 7; at += 1) {
      await write(nadia, `reply ${at}`, { parentMessageId: head.message_id });
    }
    interface Replies {
      readonly replies: readonly WireMessage[];
      readonly has_more: boolean;
    }
    const replies = async (query: string) => {
      const path = `/chat/messages/${head.message_id}/replies?${query}`;
      const { body } = await nadia.get<Replies>(path);
      return { texts: body.replies.map(({ content }) => content.slice(6)).join(''), body };
    };
    const { body: all, texts } = await replies('limit=50');
    expect([texts, all.has_more]).toEqual(['0123456', false]);
    const [, , second, , fourth] = all.replies;
    expect((await replies('limit=3')).texts).toBe('456');
    const id = await replies(`limit=2&before=${fourth?.message_id ?? ''}`);
    expect([id.texts, id.body.has_more]).toEqual(['23', true]);
    expect((await replies(`limit=2&after=${second?.message_id ?? ''}`)).texts).toBe('34');
    const times = await replies(`before=${fourth?.created_at ?? ''}`);
    expect(times.body.replies.every((one) => one.created_at < (fourth?.created_at ?? ''))).toBe(
      true,
    );
    // times print without their microseconds
    const end = new Date(Date.parse(all.replies.at(-1)?.created_at ?? '') + 1).toISOString();
    expect((await replies(`after=${end}`)).texts).toBe('');
    expect((await replies(`after=${head.created_at}`)).texts).toBe('0123456');
    const refused = await nadia.get(`/chat/messages/${head.message_id}/replies?before=soon`);
    expect(refused.status).toBe(400);
  });

  test('many writers at once leave an exact thread count', async () => {
    const head = await write(yusuf, 'popular');
    const writers = [lina, sara, yusuf, nadia];
    await Promise.all(
      Array.from({ length: 24 }, (_unused, at) =>
        (writers[at % 4] ?? lina).post(`/chat/messages/${head.message_id}/replies`, {
          content: `${at}`,
        }),
      ),
    );
    expect((await find(head.message_id))?.thread_count).toBe(24);
  });

  test('nothing went wrong inside the server', () => {
    expect(emulator.stderr()).toBe('');
  });
});
