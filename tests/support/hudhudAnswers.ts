import type { ScriptedRequest } from '../../src/testing';

/** Ids and answers of a small made-up workspace. */
export const ids = {
  me: '6b0c1c55-4f0e-4f55-9d5c-3b0a5d7b1a01',
  omar: 'c1d9b1f4-0f6b-4d7e-9a29-2f4f7b6e8d04',
  sara: 'd2e0c2f5-1f7c-4e8f-8b30-305081c9f005',
  general: '3d1f7a52-9b57-4c0f-8a77-0e3b9d4c2b02',
  random: '4e2f8b63-ac68-4d10-9b88-1f4cae5d3c03',
  project: '5f308c74-bd79-4e21-8c99-205dbf6e4d04',
} as const;

export const me = { id: ids.me, email: 'lina@hudhud.example', username: 'lina', role: 'member' };
export const omar = {
  id: ids.omar,
  email: 'omar@hudhud.example',
  username: 'omar',
  role: 'member',
};

/** The fake platform's clock starts here. */
export const startMs = 1_756_700_000_000;

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token as the server makes them; times in seconds. */
export function jwt(claims: Record<string, unknown>, signature = 'c2lnbmF0dXJl'): string {
  return `${base64url({ alg: 'HS256', typ: 'JWT' })}.${base64url(claims)}.${signature}`;
}

export const accessToken = (name = 'first', lifetimeS = 900, iat = startMs / 1000): string =>
  jwt({ userId: ids.me, name, iat, exp: iat + lifetimeS });

export const grant = (name = 'first', lifetimeS = 900, iat = startMs / 1000) => ({
  accessToken: accessToken(name, lifetimeS, iat),
  expiresIn: lifetimeS,
});

export const success = (request: ScriptedRequest): void => {
  request.json({ success: true });
};

export const refuse =
  (status: number, code = 'REFUSED') =>
  (request: ScriptedRequest): void => {
    request.json({ success: false, error: { code, statusCode: status } }, { status });
  };

export const messageId = (n: number): string =>
  `a7e7c6c0-5a55-4f0b-b0de-${n.toString(16).padStart(12, '0')}`;

const timeOf = (n: number): string => new Date(startMs - 3_600_000 + n * 1000).toISOString();

/** A row of an answer. */
export function row(n: number, over: Record<string, unknown> = {}) {
  return {
    message_id: messageId(n),
    channel_id: ids.general,
    user_id: ids.omar,
    username: 'omar',
    content: `message ${n}`,
    type: 'text',
    metadata: {},
    created_at: timeOf(n),
    edited_at: null,
    deleted_at: null,
    thread_count: 0,
    reactions: [],
    ...over,
  };
}

export const frame = (event: string, data: unknown): string =>
  `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

export const initFrame = (channels: readonly string[] = [ids.general, ids.random]): string =>
  frame('init', { userId: ids.me, username: 'lina', channels, timestamp: timeOf(0) });

/** A new message as the stream tells it. */
export function messageFrame(n: number, over: Record<string, unknown> = {}): string {
  const { channel_id: channelId, ...rest } = row(n);
  return frame('channel_message', { action: 'new_message', channelId, ...rest, ...over });
}

export const typingFrame = (userId: string, channelId: string = ids.general): string =>
  frame('typing', { channelId, userId, username: 'omar', isTyping: true });

export const presenceFrame = (userId: string, over: Record<string, unknown> = {}): string =>
  frame('presence', { action: 'join', userId, username: 'omar', onlineCount: 2, ...over });

const channelRow = (id: string, slug: string) => ({
  channel_id: id,
  name: slug,
  slug,
  is_private: false,
  unread_count: 0,
  member_count: 2,
  last_message: null,
});

export function snapshotAnswer(over: Record<string, unknown> = {}) {
  return {
    success: true,
    project: { project_id: ids.project, name: 'Hudhud', slug: 'hudhud' },
    channels: [channelRow(ids.general, 'general'), channelRow(ids.random, 'random')],
    active_members: [
      { user_id: ids.me, username: 'lina', status: 'online', role: 'admin' },
      { user_id: ids.omar, username: 'omar', status: 'offline', role: 'member' },
    ],
    messages: [row(1), row(2)],
    messages_included: true,
    current_channel: { channel_id: ids.general, name: 'general', slug: 'general' },
    stats: { members_online: 1 },
    pagination: { has_more: false },
    typing_users: [],
    ...over,
  };
}
