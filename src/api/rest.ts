import { invalidOption } from '../errors';
import { decodeSnapshot } from '../protocol/decodeSnapshot';
import { decodeAccounts, decodeStatistics } from '../protocol/decodeAdmin';
import { decodeMe, decodeStreamStatus } from '../protocol/decodeAuth';
import {
  decodeChannelReply,
  decodeChannels,
  decodeMembers,
  decodeProject,
  decodeProjects,
} from '../protocol/decodeModels';
import {
  decodeMessageReply,
  decodeMessagesPage,
  decodeReactions,
  decodeUnread,
} from '../protocol/decodePages';
import type { AccountFact, ChannelFact, Json, MessageFact, MessageType } from '../protocol/models';
import type {
  AccountList,
  ChannelList,
  MemberList,
  MessagesPage,
  ProjectDetail,
  ProjectList,
  ReactionList,
  Statistics,
  StreamStatus,
  UnreadCounts,
  WorkspaceSnapshot,
} from '../protocol/rest';
import type { HttpClient } from '../transport/httpClient';
import type { BudgetUse } from '../transport/rateBudget';

/** Which part of a channel's history is asked for (wire contract 1.6: the cursors are times here). @public */
export interface MessagesQuery {
  readonly channelId: string;
  /** Most rows of the answer. Default 50. */
  readonly limit?: number;
  /** Only messages created before this moment, epoch ms. */
  readonly before?: number;
  /** Only messages created after this moment, epoch ms. */
  readonly after?: number;
}

/** Which part of a thread is asked for. Documented is `limit` alone: a backend may ignore the others. @public */
export type RepliesQuery = Omit<MessagesQuery, 'channelId'>;

/** A message to send. @public */
export interface NewMessage {
  readonly channelId: string;
  /** Plain text, not empty. */
  readonly content: string;
  /** Default `'text'`. */
  readonly type?: MessageType;
  /** Stored by the backend and returned with the row. Default `{}`. */
  readonly metadata?: Readonly<Record<string, Json>>;
  /** Thread that it answers in. */
  readonly parentMessageId?: string;
}

/** Which part of a channel's history is asked for, by the channel's name in addresses. The cursor is an id. @public */
export interface SlugMessagesQuery {
  readonly channelSlug: string;
  /** A slug is unique inside of its project only. */
  readonly projectSlug?: string;
  /** Most rows of the answer. Default 50. */
  readonly limit?: number;
  /** Only messages before this one: its id. */
  readonly before?: string;
}

/** What is searched for. @public */
export interface SearchQuery {
  readonly q: string;
  /** Default: everywhere. */
  readonly channelId?: string;
  /** Whose messages. Default: everybody's. */
  readonly userId?: string;
  /** Only messages from this moment on, epoch ms. */
  readonly from?: number;
  /** Only messages up to this moment, epoch ms. */
  readonly to?: number;
  /** Most rows of the answer. Default 50. */
  readonly limit?: number;
}

/** A project, by one of its two names. @public */
export type ProjectRef = { readonly projectId: string } | { readonly projectSlug: string };

/** What comes along with a project. @public */
export type ProjectPart = 'channels' | 'active_members';

/**
 * What can be asked of the backend: one method per request, no state, no retries. Every method rejects with a
 * `HudhudError`.
 *
 * @public
 */
export interface ReadClient {
  projects(): Promise<ProjectList>;
  /** @param include - What comes along. Default: nothing. */
  project(ref: ProjectRef, include?: readonly ProjectPart[]): Promise<ProjectDetail>;
  projectMembers(projectId: string): Promise<MemberList>;
  projectChannels(projectId: string): Promise<ChannelList>;
  workspace(
    projectSlug: string,
    channelSlug: string,
    query?: { readonly limit?: number; readonly includeMessages?: boolean },
  ): Promise<WorkspaceSnapshot>;
  channels(projectId?: string): Promise<ChannelList>;
  channel(channelId: string): Promise<ChannelFact>;
  members(channelId: string): Promise<MemberList>;
  messages(query: MessagesQuery): Promise<MessagesPage>;
  messagesBySlug(query: SlugMessagesQuery): Promise<MessagesPage>;
  replies(channelId: string, messageId: string, query?: RepliesQuery): Promise<MessagesPage>;
  search(query: SearchQuery): Promise<MessagesPage>;
  reactions(messageId: string): Promise<ReactionList>;
  unread(): Promise<UnreadCounts>;
  /** Who is signed in. */
  me(): Promise<AccountFact>;
  /** State of the server's streams, for diagnostics. */
  status(): Promise<StreamStatus>;
  /** Every account; for admins. */
  accounts(): Promise<AccountList>;
  /** The server's sums; for admins. */
  statistics(): Promise<Statistics>;
}

/**
 * The plain typed client of the backend: one method per request, no state, no retries. Every method rejects with a
 * `HudhudError`.
 *
 * @public
 */
export interface RestClient extends ReadClient {
  /** @param headers - More headers, such as one that makes a repetition harmless. */
  send(message: NewMessage, headers?: Readonly<Record<string, string>>): Promise<MessageFact>;
  edit(messageId: string, content: string): Promise<MessageFact>;
  remove(messageId: string): Promise<void>;
  react(messageId: string, emoji: string): Promise<void>;
  unreact(messageId: string, emoji: string): Promise<void>;
  markRead(messageIds: readonly string[]): Promise<void>;
  typing(channelId: string): Promise<void>;
  createChannel(projectId: string, name: string, isPrivate?: boolean): Promise<ChannelFact>;
  joinChannel(channelId: string): Promise<void>;
  leaveChannel(channelId: string): Promise<void>;
}

const nothing = () => undefined;
/** A part of a path. Half of a surrogate pair has no encoding: it is replaced, as `fetch` would do in a body. */
const part = (text: string) => encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'));

function iso(field: string, at: number | undefined): string | undefined {
  if (at === undefined) return undefined;
  const date = new Date(at);
  if (!Number.isNaN(date.getTime())) return date.toISOString();
  throw invalidOption(field, 'give a moment in epoch ms.');
}

/**
 * Makes the client.
 *
 * @internal
 * @param signal - Calls off every request that is under way, and refuses what comes later.
 * @param reading - What its reads are for, as far as limits go.
 */
export function createRestClient(
  http: HttpClient,
  signal?: AbortSignal,
  reading: BudgetUse = 'history',
): RestClient {
  const calledOff = signal === undefined ? {} : { signal };
  const get = <T>(
    path: string,
    decode: (json: unknown) => T,
    query: Readonly<Record<string, string | number | boolean | undefined>> = {},
  ) => http.request({ method: 'GET', path, decode, query, use: reading, ...calledOff });
  const write = <T>(
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    decode: (json: unknown) => T,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
    use: BudgetUse = 'send',
  ) =>
    http.request({
      ...{ method, path, decode, headers, use },
      ...(body === undefined ? {} : { body }),
      ...calledOff,
    });

  return {
    projects: () => get('/projects', decodeProjects),
    project: (ref, include = []) =>
      get(
        'projectId' in ref
          ? `/projects/${part(ref.projectId)}`
          : `/projects/slug/${part(ref.projectSlug)}`,
        decodeProject,
        { include: include.length === 0 ? undefined : include.join() },
      ),
    projectMembers: (projectId) => get(`/projects/${part(projectId)}/members`, decodeMembers),
    projectChannels: (projectId) =>
      get(`/projects/${part(projectId)}/channels`, (json) => decodeChannels(json, { projectId })),
    workspace: (projectSlug, channelSlug, { limit = 50, includeMessages = true } = {}) =>
      get(`/workspace/${part(projectSlug)}/${part(channelSlug)}`, decodeSnapshot, {
        include_messages: includeMessages,
        limit,
      }),
    channels: (projectId) =>
      get(
        '/chat/channels',
        (json) => decodeChannels(json, projectId === undefined ? {} : { projectId }),
        { projectId },
      ),
    channel: (channelId) => get(`/chat/channels/${part(channelId)}`, decodeChannelReply),
    members: (channelId) => get(`/chat/channels/${part(channelId)}/members`, decodeMembers),
    // async: a moment that is none rejects like everything else
    messages: async ({ channelId, limit = 50, before, after }) =>
      get('/chat/messages', (json) => decodeMessagesPage(json, { channelId, limit }), {
        channelId,
        limit,
        before: iso('before', before),
        after: iso('after', after),
      }),
    messagesBySlug: ({ channelSlug, projectSlug, limit = 50, before }) =>
      get(
        `/chat/channels/${part(channelSlug)}/messages`,
        (json) => decodeMessagesPage(json, { limit }),
        { projectSlug, limit, before },
      ),
    replies: async (channelId, messageId, { limit = 50, before, after } = {}) =>
      get(
        `/chat/messages/${part(messageId)}/replies`,
        (json) => decodeMessagesPage(json, { channelId, limit }),
        { limit, before: iso('before', before), after: iso('after', after) },
      ),
    search: async ({ q, channelId, userId, from, to, limit = 50 }) =>
      get('/chat/messages/search', (json) => decodeMessagesPage(json, { limit }), {
        ...{ q, channelId, userId, limit },
        startDate: iso('from', from),
        endDate: iso('to', to),
      }),
    reactions: (messageId) => get(`/chat/messages/${part(messageId)}/reactions`, decodeReactions),
    unread: () => get('/chat/messages/unread/count', decodeUnread),
    me: () => get('/auth/me', decodeMe),
    status: () => get('/realtime/status', decodeStreamStatus),
    accounts: () => get('/admin/users', decodeAccounts),
    statistics: () => get('/admin/statistics', decodeStatistics),

    send: ({ channelId, content, type = 'text', metadata = {}, parentMessageId }, headers) =>
      write(
        'POST',
        '/chat/messages',
        (json) => decodeMessageReply(json, { channelId }),
        {
          ...{ content, channelId, type, metadata },
          ...(parentMessageId === undefined ? {} : { parentMessageId }),
        },
        headers,
      ),
    edit: (messageId, content) =>
      write('PUT', `/chat/messages/${part(messageId)}`, (json) => decodeMessageReply(json), {
        content,
      }),
    remove: (messageId) => write('DELETE', `/chat/messages/${part(messageId)}`, nothing),
    react: (messageId, emoji) =>
      write('POST', `/chat/messages/${part(messageId)}/reactions`, nothing, { emoji }),
    unreact: (messageId, emoji) =>
      write('DELETE', `/chat/messages/${part(messageId)}/reactions/${part(emoji)}`, nothing),
    markRead: (messageIds) =>
      write('POST', '/chat/messages/read', nothing, { messageIds }, {}, 'read'),
    typing: (channelId) => write('POST', '/chat/typing', nothing, { channelId }, {}, 'typing'),
    createChannel: (projectId, name, isPrivate = false) =>
      write('POST', `/projects/${part(projectId)}/channels`, decodeChannelReply, {
        name,
        isPrivate,
      }),
    joinChannel: (channelId) =>
      write('POST', `/chat/channels/${part(channelId)}/join`, nothing, {}),
    leaveChannel: (channelId) =>
      write('POST', `/chat/channels/${part(channelId)}/leave`, nothing, {}),
  };
}
