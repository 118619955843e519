import { ids, snapshotAnswer } from '../../support/hudhudAnswers';
import type { ScriptedRequest } from '../../../src/testing';
import type { Capabilities } from '../capabilities';
import type { Author, ChatServer, Refusal, StoredMessage } from './chatServer';
import { isRefusal } from './chatServer';
import { people, rowOf } from './wire';

/** An answer, as text on the wire. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** What a request is, before anything is done. */
export interface Asked {
  readonly method: string;
  /** Parts of the path below the base. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
  readonly key: string | null;
}

export const idempotencyHeader = 'Idempotency-Key';
const client: Author = { userId: ids.me, device: 'client' };
const slugs: Readonly<Record<string, string>> = { general: ids.general, random: ids.random };

export function readRequest({ method, url, body, headers }: ScriptedRequest): Asked {
  const { pathname, searchParams } = new URL(url);
  const path = pathname
    .replace(/^\/api\//, '')
    .split('/')
    .map(decodeURIComponent);
  const json = body === null || body === '' ? {} : (JSON.parse(body) as Asked['body']);
  return { method, path, query: searchParams, body: json, key: headers.get(idempotencyHeader) };
}

/** The send in a request, if it is one. */
export function sendIn({ method, path, body }: Asked): { nonce: string; channelId: string } | null {
  if (method !== 'POST' || path.join('/') !== 'chat/messages') return null;
  const metadata = body['metadata'] as Readonly<Record<string, unknown>>;
  return { nonce: String(metadata['client_id']), channelId: String(body['channelId']) };
}

/** The timeline whose newest messages a request reads, if it reads any. */
export function readIn({ method, path }: Asked, query: URLSearchParams): string | null {
  if (method !== 'GET') return null;
  if (path[0] === 'workspace') return `${slugs[path[2] ?? ''] ?? ''}/`;
  if (path.length === 2) return `${query.get('channelId') ?? ''}/`;
  return path[3] === 'replies' ? `/${path[2] ?? ''}` : null;
}

const moment = (text: string | null): number | null => (text === null ? null : Date.parse(text));
const ok = (body: object): Answer => ({ status: 200, body: { success: true, ...body } });
const refused = ({ status }: Refusal): Answer => ({
  status,
  body: { success: false, error: { message: 'No.', code: `E${status}` } },
});

/** The API of the chat. */
export class Routes {
  /** A page that lists everything, however much was asked for. */
  givesAll = false;
  private readonly server: ChatServer;
  private readonly caps: Capabilities;

  constructor(server: ChatServer, caps: Capabilities) {
    this.server = server;
    this.caps = caps;
  }

  answer(asked: Asked): Answer {
    const { method, path, query, body } = asked;
    const [place, , id = '', part, emoji = ''] = path;
    if (place === 'workspace') return this.snapshot(path[2] ?? '', query);
    if (place !== 'chat') return refused({ status: 404 });
    if (id === 'read') return ok({});
    switch (`${method} ${part ?? (id === '' ? '' : 'message')}`) {
      case 'GET ':
        return ok(this.page(query, query.get('channelId'), null, true));
      case 'GET replies':
        return ok(this.page(query, null, id, this.caps.pagesReplies));
      case 'POST ':
        return this.create(asked);
      case 'PUT message':
        return this.row(
          this.server.edit(client, id, String(body['content'])),
          this.caps.timesReplies,
        );
      case 'DELETE message':
        return this.bare(this.server.remove(client, id));
      case 'POST reactions':
        return this.bare(this.server.react(client, id, String(body['emoji']), true));
      case 'DELETE reactions':
        return this.bare(this.server.react(client, id, emoji, false));
      default:
        return refused({ status: 404 });
    }
  }

  private create({ body, key }: Asked): Answer {
    const metadata = body['metadata'] as Readonly<Record<string, unknown>>;
    const parent = body['parentMessageId'];
    const draft = {
      channelId: String(body['channelId']),
      parentId: typeof parent === 'string' ? parent : null,
      content: String(body['content']),
      nonce: String(metadata['client_id']),
    };
    return this.row(this.server.create(client, draft, this.caps.isIdempotent ? key : null), true);
  }

  private row(result: StoredMessage | Refusal, hasTimes: boolean): Answer {
    if (isRefusal(result)) return refused(result);
    return ok({ message: rowOf(result, this.caps, hasTimes) });
  }

  private bare(result: StoredMessage | Refusal): Answer {
    return isRefusal(result) ? refused(result) : ok({});
  }

  private page(
    query: URLSearchParams,
    channelId: string | null,
    parentId: string | null,
    knowsCursors: boolean,
  ): object {
    const { messages, hasMore } = this.server.page({
      ...{ channelId, parentId },
      before: knowsCursors ? moment(query.get('before')) : null,
      after: knowsCursors ? moment(query.get('after')) : null,
      limit: this.givesAll ? Infinity : Number(query.get('limit') ?? 50),
    });
    return { messages: messages.map((message) => rowOf(message, this.caps)), has_more: hasMore };
  }

  private snapshot(slug: string, query: URLSearchParams): Answer {
    const channelId = slugs[slug];
    if (channelId === undefined) return refused({ status: 404 });
    const { messages, has_more } = this.page(query, channelId, null, false) as {
      messages: unknown;
      has_more: boolean;
    };
    const members = Object.entries(people).map(([user_id, username]) => ({
      ...{ user_id, username, status: 'online', role: 'member' },
    }));
    const current = { channel_id: channelId, name: slug, slug };
    return ok(
      snapshotAnswer({
        ...{ messages, active_members: members, current_channel: current },
        pagination: { has_more },
      }),
    );
  }
}
