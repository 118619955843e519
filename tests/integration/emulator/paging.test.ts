import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { backends, startOn } from '../../support/backends';
import type { Client } from '../../support/client';
import { channelId, signIn } from '../../support/client';
import type { HostedEmulator } from '../../support/hostedEmulator';
import type { Page, Snapshot, WireMessage } from '../../support/wire';

const ids = (messages: readonly WireMessage[]) => messages.map((one) => one.message_id);
const plusOneMs = (time: string) => new Date(Date.parse(time) + 1).toISOString();

describe.each(backends)('pages on %s', (backend) => {
  let emulator: HostedEmulator;
  let lina: Client;
  let engineering: string;
  let all: readonly WireMessage[];

  /** By ids on the slug endpoint. */
  const bySlug = async (query: string): Promise<Page> => {
    const path = `/chat/channels/engineering/messages?projectSlug=hudhud&${query}`;
    return (await lina.get<Page>(path)).body;
  };
  /** By times. */
  const byTime = async (query: string): Promise<Page> =>
    (await lina.get<Page>(`/chat/messages?channelId=${engineering}&${query}`)).body;

  beforeAll(async () => {
    emulator = await startOn(backend);
    lina = await signIn(emulator.url, 'lina');
    engineering = await channelId(lina, 'engineering');
    // sent at once, so that some of them share a millisecond
    const sent = Array.from({ length: 20 }, (_unused, at) =>
      lina.post('/chat/messages', { channelId: engineering, content: `at once ${at}` }),
    );
    await Promise.all(sent);
    all = (await bySlug('limit=200')).messages;
  });
  afterAll(() => emulator.stop());

  test('are oldest first and hold top-level messages only', () => {
    const times = all.map((one) => one.created_at);
    expect(times).toEqual([...times].sort());
    expect(all.every((one) => one.parent_message_id === null)).toBe(true);
    // the seed has six lines of one millisecond: the sample for what follows
    expect(new Set(times).size).toBeLessThan(times.length - 4);
  });

  test.each([1, 3, 7])(
    'backwards by id, %i at a time: nothing lost, nothing twice',
    async (limit) => {
      const seen: string[] = [];
      let page = await bySlug(`limit=${limit}`);
      for (;;) {
        seen.unshift(...ids(page.messages));
        if (!page.has_more) break;
        page = await bySlug(`limit=${limit}&before=${page.oldest_message_id ?? ''}`);
      }
      expect(seen).toEqual(ids(all));
    },
  );

  test.each([1, 4])('forwards by id, %i at a time: nothing lost, nothing twice', async (limit) => {
    const seen = ids(all.slice(0, 1));
    for (;;) {
      const page = await bySlug(`limit=${limit}&after=${seen.at(-1) ?? ''}`);
      seen.push(...ids(page.messages));
      if (!page.has_more) break;
    }
    expect(seen).toEqual(ids(all));
  });

  test('the workspace pages the same way', async () => {
    const open = async (query: string) => {
      const path = `/workspace/hudhud/engineering?include_messages=true&limit=5${query}`;
      return (await lina.get<Snapshot>(path)).body;
    };
    const newest = await open('');
    const older = await open(`&before=${newest.pagination.oldest_message_id ?? ''}`);
    expect([...ids(older.messages), ...ids(newest.messages)]).toEqual(ids(all.slice(-10)));
    const back = await open(`&after=${older.pagination.newest_message_id ?? ''}`);
    expect(ids(back.messages)).toEqual(ids(newest.messages));
    expect(back.pagination.has_more).toBe(false);
  });

  test('times are strict bounds', async () => {
    const { created_at: time } = all[3] ?? { created_at: '' };
    const before = await byTime(`before=${time}&limit=200`);
    const after = await byTime(`after=${plusOneMs(time)}&limit=200`);
    expect(before.messages.every((one) => one.created_at < time)).toBe(true);
    expect(after.messages.every((one) => one.created_at > time)).toBe(true);
    const both = await byTime(`after=${time}&before=${plusOneMs(time)}`);
    expect(both.messages.every((one) => one.created_at === time)).toBe(true);
  });

  test('a reader that steps one ms over a time bound loses nothing', async () => {
    // times print without their microseconds: a bare `before` would skip the rest of its millisecond
    const seen = new Set<string>();
    let page = await byTime('limit=8');
    for (;;) {
      for (const id of ids(page.messages)) seen.add(id);
      if (!page.has_more) break;
      page = await byTime(`limit=8&before=${plusOneMs(page.messages[0]?.created_at ?? '')}`);
    }
    expect([...seen].sort()).toEqual(ids(all).sort());
  });

  test('times of one channel strictly grow, however they were sent', async () => {
    const { messages } = await bySlug('limit=20');
    const order = messages.map((one) => one.created_at);
    expect(order).toEqual([...order].sort());
    const path = `/chat/messages?channelId=${engineering}&after=${order[0] ?? ''}&limit=200`;
    const { body } = await lina.get<Page>(path);
    expect(ids(body.messages)).toEqual(expect.arrayContaining(ids(messages.slice(1))));
  });

  test.each([
    ['limit=0', 'VALIDATION_ERROR', 400],
    ['limit=many', 'VALIDATION_ERROR', 400],
    ['before=yesterday', 'VALIDATION_ERROR', 400],
    ['before=2025-02-30T00:00:00.000Z', 'VALIDATION_ERROR', 400],
  ])('%s is refused', async (query, code, status) => {
    const answer = await lina.get(`/chat/messages?channelId=${engineering}&${query}`);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ error: { code } });
  });

  test('a cursor that is no message is refused', async () => {
    const answer = await lina.get(`/chat/channels/engineering/messages?before=${lina.userId}`);
    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({ error: { code: 'MESSAGE_NOT_FOUND' } });
  });
});
