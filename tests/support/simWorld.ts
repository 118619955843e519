import type { Action } from '@reduxjs/toolkit';
import { historyEvicted } from '../../src/actions/eviction';
import type { Asked, PageRange } from '../../src/actions/history';
import { messageFetched, pageReceived } from '../../src/actions/history';
import { conversationReceived } from '../../src/actions/stream';
import { frozen } from './frozen';
import type { SimEvent, SimOptions, SimPage } from './simServer';
import { SimServer, viewer } from './simServer';
import { connection } from './exampleData';

/** One move of a schedule. Numbers are taken modulo whatever there is to choose from. */
export interface Move {
  readonly kind: MoveKind;
  readonly a: number;
  readonly b: number;
}

export type MoveKind =
  // the server's own
  | 'create'
  | 'edit'
  | 'remove'
  | 'react'
  | 'reply'
  | 'attach'
  | 'sayReactions'
  // the stream's
  | 'deliver'
  | 'repeat'
  | 'disconnect'
  | 'connect'
  // of requests: started, read by the server, answered
  | 'askNewest'
  | 'askOlder'
  | 'askNewer'
  | 'askAround'
  | 'askThread'
  | 'askOne'
  | 'read'
  | 'answer'
  | 'settle'
  // the client's own: what it holds is too much
  | 'evict';

export type SimAction = Action & { readonly payload: unknown };

interface Request {
  readonly asOf: number;
  readonly absentBefore: number;
  readonly epoch: number | null;
  readonly parentId: string | null;
  /** The cursors of its pages: most often it is one. */
  readonly cursors: readonly Cursor[];
  readonly limit: number;
  readonly oneId: string | null;
  answers: readonly SimPage[] | null;
}

interface Cursor {
  readonly before: number | null;
  readonly after: number | null;
}

const newest: Cursor = { before: null, after: null };

/** The part of a timeline that an answer speaks for, by the law: open at both ends. */
function rangeOf(
  { before, after }: Cursor,
  { messages, hasMore }: SimPage,
  isLive: boolean,
): PageRange {
  const times = messages.map((row) => row.createdAt ?? 0);
  const last = times.at(-1) ?? after ?? 0;
  if (after !== null) return { from: after, to: hasMore || !isLive ? last : null };
  const first = times[0] ?? before ?? 0;
  return { from: hasMore ? first : null, to: before ?? (isLive ? null : last) };
}

/**
 * A server, a connection that delivers in order, repeats itself and breaks, and requests that take their time. Turns
 * moves into the actions that a client would see; `undelivered` is what the client cannot know yet.
 */
export class SimWorld {
  readonly server: SimServer;
  readonly actions: SimAction[] = [];
  undelivered: SimEvent[] = [];
  isOpen = false;
  private epoch = 0;
  private ordinal = 1;
  private requests: Request[] = [];
  private delivered: readonly SimEvent[] = [];

  constructor(options: SimOptions) {
    this.server = new SimServer(options);
  }

  move({ kind, a, b }: Move): void {
    const target = this.server.alive(a);
    switch (kind) {
      case 'create':
        this.tell(this.server.create(a, b % 3));
        break;
      case 'edit':
        if (target) this.tell(this.server.edit(target));
        break;
      case 'remove':
        if (target) this.tell(this.server.remove(target));
        break;
      case 'react':
        if (target) this.tell(this.server.react(target, b, b >> 2));
        break;
      case 'reply':
        if (target?.parentId === null) this.tell(this.server.reply(b, target));
        break;
      case 'attach':
        if (target) this.tell(this.server.attach(target, b));
        break;
      case 'sayReactions':
        if (target) this.tell(this.server.sayReactions(target));
        break;
      case 'deliver':
        this.deliver(1 + (a % 4));
        break;
      case 'repeat':
        if (this.isOpen) this.say(this.delivered);
        break;
      case 'disconnect':
        if (this.isOpen) this.connection(false);
        break;
      case 'connect':
        if (!this.isOpen) this.connection(true);
        break;
      case 'askNewest':
        this.ask(null, 1 + (a % 5), [newest]);
        break;
      case 'askOlder':
        this.ask(null, 1 + (b % 5), [{ before: 1 + (a % this.server.now), after: null }]);
        break;
      case 'askNewer':
        this.ask(null, 1 + (b % 5), [{ before: null, after: a % this.server.now }]);
        break;
      case 'askAround': {
        const at = a % this.server.now;
        const cursors = [
          { before: at + 1, after: null },
          { before: null, after: at - 1 },
        ];
        this.ask(null, 1 + (b % 5), cursors);
        break;
      }
      case 'askThread':
        if (target?.parentId === null) this.ask(target.id, 1 + (b % 5), [newest]);
        break;
      case 'askOne':
        if (target) this.ask(target.parentId, 0, [], target.id);
        break;
      case 'evict':
        this.evict(b % 6 === 0 ? null : 1 + (a % this.server.now));
        break;
      case 'read':
        this.read(this.requests[a % Math.max(1, this.requests.length)]);
        break;
      case 'answer':
        this.answer(this.requests[a % Math.max(1, this.requests.length)]);
        break;
      case 'settle':
        this.settle();
        break;
    }
  }

  /** Everything that is under way arrives. */
  settle(): void {
    this.deliver(Infinity);
    while (this.requests.length > 0) this.answer(this.requests[0]);
  }

  /** Nothing else happens while all of every timeline is asked for, page by page. */
  refetchAll(limit = 4): void {
    if (!this.isOpen) this.connection(true);
    this.settle();
    const threads = this.server.messages.filter((message) => message.parentId === null);
    for (const parentId of [null, ...threads.map(({ id }) => id)]) {
      let before: number | null = null;
      for (let hasMore = true; hasMore;) {
        this.ask(parentId, limit, [{ before, after: null }]);
        const request = this.requests[0];
        this.read(request);
        const oldest: number | undefined = request?.answers?.[0]?.messages[0]?.createdAt;
        hasMore = request?.answers?.[0]?.hasMore === true;
        // rows of one millisecond must not hold the paging up
        if (hasMore && before !== null && oldest !== undefined && oldest + 1 >= before) limit += 4;
        this.answer(request);
        before = oldest === undefined ? null : oldest + 1;
      }
    }
  }

  /** Asks for every timeline at once; the answers may take their time. */
  askAll(): void {
    const threads = this.server.messages.filter((message) => message.parentId === null);
    for (const parentId of [null, ...threads.map(({ id }) => id)]) {
      this.ask(parentId, 1000, [newest]);
    }
  }

  private tell(events: readonly SimEvent[]): void {
    if (this.isOpen) this.undelivered.push(...events);
  }

  private deliver(count: number): void {
    if (!this.isOpen) return;
    this.delivered = this.undelivered.slice(0, count);
    this.undelivered = this.undelivered.slice(count);
    this.say(this.delivered);
  }

  private say(events: readonly SimEvent[]): void {
    if (events.length === 0) return;
    const { epoch, ordinal } = this;
    const from = { stream: 'main', epoch, ordinal } as const;
    const receivedAt = this.server.now;
    this.act(conversationReceived({ ...from, events, viewerId: viewer, receivedAt }));
    this.ordinal += events.length;
  }

  private connection(isOpen: boolean): void {
    this.isOpen = isOpen;
    this.undelivered = [];
    this.delivered = [];
    if (isOpen) this.epoch += 1;
    this.act(connection(isOpen ? 'open' : 'waiting', this.epoch));
  }

  private ask(
    parentId: string | null,
    limit: number,
    cursors: readonly Cursor[],
    oneId: string | null = null,
  ): void {
    const asOf = this.ordinal++;
    // whatever a request that is still under way brings may be newer than its own start
    const absentBefore = Math.min(asOf, ...this.requests.map((request) => request.asOf));
    const epoch = this.isOpen ? this.epoch : null;
    const what = { parentId, limit, cursors, oneId };
    this.requests.push({ ...what, asOf, absentBefore, epoch, answers: null });
  }

  private read(request: Request | undefined): void {
    if (request?.answers !== null) return;
    const { parentId, cursors, limit, oneId } = request;
    if (oneId === null) {
      request.answers = cursors.map(({ before, after }) =>
        this.server.page(parentId, before, limit, after),
      );
    } else {
      const message = this.server.get(oneId);
      const messages = message === undefined ? [] : [this.server.row(message)];
      request.answers = [{ messages, hasMore: false }];
    }
  }

  private answer(request: Request | undefined): void {
    if (request === undefined) return;
    this.read(request);
    this.requests = this.requests.filter((known) => known !== request);
    const { asOf, absentBefore, parentId, cursors } = request;
    const starts = this.requests.map((known) => known.asOf);
    request.answers?.forEach((answer, i, { length }) => {
      // until its last page it is under way itself
      const inFlight = i < length - 1 ? [...starts, asOf] : starts;
      const oldestInFlight = inFlight.length === 0 ? null : Math.min(...inFlight);
      const asked: Asked = { asOf, absentBefore, oldestInFlight };
      const { messages } = answer;
      if (request.oneId === null) {
        const isLive = this.isOpen && request.epoch === this.epoch;
        const range = rangeOf(cursors[i] ?? newest, answer, isLive);
        const { channelId } = this.server;
        this.act(pageReceived({ ...asked, channelId, parentId, messages, range }));
      } else {
        for (const message of messages) this.act(messageFetched({ ...asked, message }));
      }
    });
  }

  /** Lets go of what is older than a moment, or of everything. */
  private evict(before: number | null): void {
    const { ordinal, server } = this;
    this.act(historyEvicted({ ordinal, channels: [{ channelId: server.channelId, before }] }));
  }

  private act(action: SimAction): void {
    this.actions.push(frozen(action));
  }
}
