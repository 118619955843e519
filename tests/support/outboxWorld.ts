import type { StoreEnhancer } from '@reduxjs/toolkit';
import type { HudhudOptions, MessageRecord } from '../../src';
import type { Operation } from '../../src/protocol/operations';
import type { MessageRow } from '../../src/selectors/row';
import type { FakeTab, ScriptedRequest } from '../../src/testing';
import { frame, ids, initFrame, messageId, row, startMs } from './hudhudAnswers';
import type { HudhudWorld, Routes } from './hudhudWorld';
import { createHudhudWorld, enter, routeOf } from './hudhudWorld';

/**
 * What becomes of a write: `done` and answered; done and the answer `lost`; not done since the request was lost (`unsent`);
 * neither, until the test says (`held`); or refused with a status.
 */
type Fate = 'done' | 'lost' | 'unsent' | 'held' | number;

export type WireRow = Omit<ReturnType<typeof row>, 'deleted_at'> & {
  readonly deleted_at: string | null;
};

/** A client in #general, and a server that keeps what is written. */
export interface OutboxWorld extends HudhudWorld {
  /** What the server has, oldest first; the first two are Omar's. */
  readonly rows: WireRow[];
  /** Decides on each write; at first all are done. */
  fate: (request: ScriptedRequest) => Fate;
  /** Headers of refusals. */
  refusedWith: Readonly<Record<string, string>>;
  /** Whether it gives metadata back. Default `true`. */
  keepsMetadata: boolean;
  /** Whether it can read pages. */
  readsFail: boolean;
  /** Whether it leaves pages unanswered. */
  holdsReads: boolean;
  /** Carries a held write out, and answers it. */
  finish(request: ScriptedRequest | undefined): void;
  /** Everything but reads, oldest first. */
  readonly writes: () => readonly ScriptedRequest[];
  /** The same as `METHOD /path`, with the text where one is sent. */
  readonly written: () => readonly string[];
  readonly send: (content: string) => string;
  readonly operations: (channelId?: string) => readonly Operation[];
  readonly statuses: () => readonly string[];
  readonly messages: () => readonly MessageRecord[];
  readonly timeline: () => readonly MessageRow[];
  /** Texts as they are shown. */
  readonly texts: () => readonly string[];
  /** The stream's word on a message that the server has. */
  readonly echo: (n: number, action?: string) => Promise<void>;
}

export const sendRoute = 'POST /chat/messages';
const secondsOf = (n: number): string => new Date(startMs - 3_600_000 + n * 1_000).toISOString();

interface Body {
  readonly content?: string;
  readonly channelId?: string;
  readonly emoji?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly parentMessageId?: string;
}

/** Where a client is among others. */
interface OutboxPlace {
  /** What the server has: shared by its clients. */
  readonly rows?: WireRow[];
  readonly tab?: FakeTab;
  readonly seed?: number;
  readonly now?: number;
}

/**
 * @param count - Messages that are there from the start.
 * @param enhancer - Stands below the middleware, as developer tools do.
 */
export async function createOutboxWorld(
  options: Partial<HudhudOptions> = {},
  count = 2,
  enhancer?: StoreEnhancer,
  { rows = Array.from({ length: count }, (_unused, i) => row(i + 1)), ...place }: OutboxPlace = {},
): Promise<OutboxWorld> {
  const change = (id: string, what: Partial<Record<keyof WireRow, unknown>>) => {
    const at = rows.findIndex(({ message_id }) => message_id === id);
    const known = rows[at];
    // a row of the wire may hold anything
    if (known !== undefined) rows[at] = { ...known, ...what } as WireRow;
    return rows[at];
  };

  /** Does what a write asks for; gives its answer. */
  function perform(request: ScriptedRequest): Record<string, unknown> {
    const body = JSON.parse(request.body ?? '{}') as Body;
    const [path = '', id = '', part, emoji = ''] =
      /^\/chat\/messages(?:\/([^/]+)(?:\/(\w+)(?:\/(.+))?)?)?/.exec(
        routeOf(request).replace(/^\w+ /, ''),
      ) ?? [];
    if (path === '' || id === 'read') return { success: true };
    if (id === '') {
      const n = rows.length + 1;
      const made = row(n, {
        ...{ user_id: ids.me, username: 'lina', content: body.content },
        ...{ channel_id: body.channelId, metadata: world.keepsMetadata ? body.metadata : {} },
        ...{ parent_message_id: body.parentMessageId ?? null },
      });
      rows.push(made);
      return { success: true, message: made };
    }
    if (part === 'reactions') {
      const name = body.emoji ?? decodeURIComponent(emoji);
      const users = [{ userId: ids.me, username: 'lina', createdAt: secondsOf(60) }];
      const reactions = request.method === 'POST' ? [{ emoji: name, count: 1, users }] : [];
      change(id, { reactions });
      return { success: true };
    }
    if (request.method === 'DELETE') {
      change(id, { deleted_at: secondsOf(90) });
      return { success: true };
    }
    const message = change(id, { content: body.content, edited_at: secondsOf(80) });
    return { success: true, data: { message } };
  }

  const write = (request: ScriptedRequest) => {
    const fate = world.fate(request);
    if (fate === 'held') return;
    if (typeof fate === 'number') {
      const error = { success: false, error: { code: 'REFUSED', statusCode: fate } };
      request.json(error, { status: fate, headers: world.refusedWith });
    } else if (fate === 'unsent') request.fail();
    else {
      const answer = perform(request);
      if (fate === 'lost') request.fail();
      else request.json(answer);
    }
  };
  const read = (request: ScriptedRequest) => {
    if (world.holdsReads) return;
    if (world.readsFail) {
      request.fail();
      return;
    }
    const query = new URL(request.url).searchParams;
    const before = query.get('before') ?? '9';
    const after = query.get('after') ?? '';
    const limit = Number(query.get('limit') ?? 50);
    const fitting = rows.filter(
      (one) =>
        one.channel_id === query.get('channelId') &&
        one.deleted_at === null &&
        after < one.created_at &&
        one.created_at < before,
    );
    const messages = after === '' ? fitting.slice(-limit) : fitting.slice(0, limit);
    request.json({ success: true, messages, has_more: messages.length < fitting.length });
  };
  const ofMessage = (id: string): Routes => ({
    [`PUT /chat/messages/${id}`]: write,
    [`DELETE /chat/messages/${id}`]: write,
    [`POST /chat/messages/${id}/reactions`]: write,
    [`DELETE /chat/messages/${id}/reactions/${encodeURIComponent('👍')}`]: write,
  });
  const known = Array.from({ length: count + 40 }, (_unused, i) => ofMessage(messageId(i + 1)));
  const routes = Object.assign({}, ...known, {
    [sendRoute]: write,
    'POST /chat/messages/read': write,
    'GET /chat/messages': read,
  }) as Routes;
  const base = createHudhudWorld({
    ...{ routes, options, ...place },
    ...(enhancer === undefined ? {} : { enhancer }),
  });
  const { hudhud, store, server } = base;
  const isWrite = (request: ScriptedRequest) =>
    request.method !== 'GET' && !routeOf(request).includes('/auth/');
  const world: OutboxWorld = {
    ...base,
    rows,
    fate: () => 'done',
    refusedWith: {},
    keepsMetadata: true,
    readsFail: false,
    holdsReads: false,
    finish(request) {
      request?.json(perform(request));
    },
    writes: () => server.requests.filter(isWrite),
    written: () =>
      world.writes().map((request) => {
        const { content } = JSON.parse(request.body ?? '{}') as Body;
        return `${routeOf(request)}${content === undefined ? '' : ` ${content}`}`;
      }),
    send(content) {
      const wish = hudhud.actions.sendMessage({ channelId: ids.general, content });
      store.dispatch(wish);
      return wish.payload.opId;
    },
    operations: (channelId = ids.general) =>
      hudhud.selectors
        .selectHudhud(store.getState())
        .outbox.channels.filter((channel) => channel.channelId === channelId)
        .flatMap(({ operations }) => operations),
    statuses: () => world.operations().map(({ status }) => status),
    messages: () => hudhud.selectors.selectMessages(store.getState(), ids.general),
    timeline: () => hudhud.selectors.selectTimeline(store.getState(), ids.general),
    texts: () => world.timeline().flatMap(({ content, isDeleted }) => (isDeleted ? [] : [content])),
    async echo(n, action = 'new_message') {
      await base.push(frame('channel_message', { action, ...rows[n - 1] }));
    },
  };
  await enter(base);
  await base.push(initFrame());
  store.dispatch(hudhud.actions.channelOpened({ channelId: ids.general }));
  await base.platform.settle();
  return world;
}
