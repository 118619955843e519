import type { UnknownAction } from '@reduxjs/toolkit';
import type { HudhudState } from '../../src';
import { historyEvicted, pageReceived, snapshotApplied } from '../../src';
import type { Asked } from '../../src/actions/history';
import {
  operationAcknowledged,
  operationFailed,
  operationStarted,
  readRequested,
} from '../../src/actions/outbox';
import { countsReceived } from '../../src/actions/reads';
import { sessionStarted } from '../../src/actions/session';
import type { MessageFact } from '../../src/protocol/models';
import type { MessageEvent } from '../../src/protocol/serverEvents';
import { createSelectors } from '../../src/selectors/createSelectors';
import { createRootReducer } from '../../src/state/rootReducer';
import { conversationReceived } from '../../src/actions/stream';
import { connection } from './exampleData';
import { frozen } from './frozen';

/** What differs from one backend to the next. */
export interface UnreadOptions {
  /** Whether rows say if they are read. */
  readonly saysRead: boolean;
  /** Whether a list of channels names the last message. */
  readonly saysLast: boolean;
  /** Whether deletions say when. */
  readonly timesDeletes: boolean;
  /** Whether pages list deleted messages as tombstones. */
  readonly listsDeleted: boolean;
}

const kinds = [
  ...(['create', 'create', 'create', 'create', 'reply', 'remove', 'remove'] as const),
  ...(['deliver', 'deliver', 'deliver', 'deliver', 'repeat', 'disconnect', 'connect'] as const),
  ...(['askSnapshot', 'askSnapshot', 'askPage', 'askOlder', 'askCounts'] as const),
  ...(['serve', 'serve', 'answer', 'answer', 'answer', 'evict'] as const),
  ...(['wish', 'wish', 'settleWish', 'settleWish', 'readElsewhere'] as const),
];

export type UnreadMove = (typeof kinds)[number];

export const unreadMoves: readonly UnreadMove[] = kinds;

interface Made {
  readonly id: string;
  readonly userId: string;
  readonly createdAt: number;
  readonly parentId: string | null;
  deletedAt: number | null;
  /** The stream told the client of the deletion. */
  isDeleteTold: boolean;
}

interface Answer {
  readonly rows: readonly MessageFact[];
  readonly hasMore: boolean;
  readonly count: number;
  readonly last: Made | null;
}

interface Request {
  readonly kind: 'snapshot' | 'page' | 'counts';
  readonly asOf: number;
  readonly absentBefore: number;
  readonly before: number | null;
  readonly limit: number;
  readonly epoch: number | null;
  answer: Answer | null;
}

interface Wished {
  readonly opId: string;
  readonly asOf: number;
  readonly upTo: number;
  readonly target: string;
  isServed: boolean;
}

const channelId = 'general';
const viewer = 'lina';
const people = [viewer, 'omar', 'salma', 'youssef'] as const;
const reduce = createRootReducer('hudhud');
const selectors = createSelectors();

/**
 * One channel on a server that keeps a mark of what the viewer has read, a stream that delivers in order and breaks, and
 * requests that take their time: everything by the real reducers and selectors on the client's side.
 */
export class UnreadWorld {
  root: { hudhud: HudhudState };
  isOpen = false;
  private readonly options: UnreadOptions;
  private now = 10;
  private readAt = 0;
  private readonly made: Made[] = [];
  private undelivered: { readonly event: MessageEvent; readonly about: Made }[] = [];
  private delivered: readonly MessageEvent[] = [];
  private requests: Request[] = [];
  private wishes: Wished[] = [];
  private ordinal = 1;
  private epoch = 0;

  constructor(options: UnreadOptions) {
    this.options = options;
    this.root = { hudhud: reduce(undefined, { type: 'start' }) };
    this.act(sessionStarted({ user: { id: viewer } }));
  }

  get unread() {
    return selectors.selectUnread(this.root, channelId);
  }

  get firstUnreadAt() {
    return selectors.selectFirstUnreadAt(this.root, channelId);
  }

  /** What the server would answer now. */
  serverCount(): number {
    return this.unreadOnServer().filter(({ deletedAt }) => deletedAt === null).length;
  }

  /** The most that a client can rightly say: it cannot know of deletions that it was not told of. */
  mostTellable(): number {
    return this.unreadOnServer().filter((one) => one.deletedAt === null || !one.isDeleteTold)
      .length;
  }

  oldestUnread(): Made | undefined {
    return this.unreadOnServer().find(({ deletedAt }) => deletedAt === null);
  }

  move(kind: UnreadMove, a: number, b: number): void {
    const alive = this.made.filter(({ deletedAt }) => deletedAt === null);
    const target = alive[a % Math.max(1, alive.length)];
    const request = this.requests[a % Math.max(1, this.requests.length)];
    switch (kind) {
      case 'create':
        this.create(people[a % people.length] ?? viewer, null);
        break;
      case 'reply':
        if (target?.parentId === null) this.create(people[b % people.length] ?? viewer, target.id);
        break;
      case 'remove':
        if (target !== undefined) this.remove(target);
        break;
      case 'deliver':
        this.deliver(1 + (a % 3));
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
      case 'askSnapshot':
        this.ask('snapshot', null, 1 + (a % 6));
        break;
      case 'askPage':
        this.ask('page', null, 1 + (a % 6));
        break;
      case 'askOlder':
        this.ask('page', 1 + (a % this.now), 1 + (b % 6));
        break;
      case 'askCounts':
        this.ask('counts', null, 0);
        break;
      case 'serve':
        if (request !== undefined) this.serve(request);
        break;
      case 'answer':
        if (request !== undefined) this.answer(request);
        break;
      case 'evict':
        this.evict([null, this.firstUnreadAt ?? this.now, this.now - (b % 6)][a % 3] ?? null);
        break;
      case 'wish':
        this.wish(a % 2 === 0 ? undefined : target?.id);
        break;
      case 'settleWish':
        this.settleWish(b);
        break;
      case 'readElsewhere':
        if (target?.parentId === null) this.readAt = Math.max(this.readAt, target.createdAt);
        break;
    }
  }

  /** Everything on its way arrives. */
  quiet(): void {
    while (this.wishes.length > 0) this.settleWish(1);
    for (const request of [...this.requests]) this.answer(request);
    if (this.isOpen) this.deliver(Infinity);
  }

  /** The stream is open, and the workspace is read again. */
  refetch(limit: number): void {
    this.quiet();
    if (!this.isOpen) this.connection(true);
    this.ask('snapshot', null, limit);
    this.quiet();
  }

  private unreadOnServer(): Made[] {
    return this.made.filter(
      ({ parentId, userId, createdAt }) =>
        parentId === null && userId !== viewer && createdAt > this.readAt,
    );
  }

  private act(action: UnknownAction): void {
    this.root = { hudhud: reduce(this.root.hudhud, frozen(action)) };
  }

  private tell(event: MessageEvent, about: Made): void {
    if (this.isOpen) this.undelivered.push({ event: frozen(event), about });
  }

  private create(userId: string, parentId: string | null): void {
    this.now += 1;
    const n = this.made.length;
    const made: Made = {
      ...{ id: `m${(n * 7) % 10}${n}`, userId, createdAt: this.now, parentId },
      ...{ deletedAt: null, isDeleteTold: false },
    };
    this.made.push(made);
    const { isRead: _, ...message } = this.rowOf(made);
    this.tell({ type: 'channel_message', op: 'create', message }, made);
  }

  private remove(one: Made): void {
    this.now += 1;
    one.deletedAt = this.now;
    const times = this.options.timesDeletes ? { deletedAt: this.now } : {};
    const message = { id: one.id, channelId, ...times };
    this.tell({ type: 'channel_message', op: 'delete', message }, one);
  }

  private rowOf({ id, userId, createdAt, parentId, deletedAt }: Made): MessageFact {
    const isRead = userId === viewer || createdAt <= this.readAt;
    return {
      ...{ id, channelId, userId, createdAt, parentId, content: `text of ${id}`, deletedAt },
      ...(this.options.saysRead ? { isRead } : {}),
    };
  }

  private connection(isOpen: boolean): void {
    this.isOpen = isOpen;
    if (isOpen) this.epoch += 1;
    else this.undelivered = [];
    this.act(connection(isOpen ? 'open' : 'waiting', this.epoch));
  }

  private deliver(most: number): void {
    const batch = this.undelivered.slice(0, most);
    this.undelivered = this.undelivered.slice(batch.length);
    for (const { about, event } of batch) about.isDeleteTold ||= event.op === 'delete';
    this.delivered = batch.map(({ event }) => event);
    this.say(this.delivered);
  }

  private say(events: readonly MessageEvent[]): void {
    if (events.length === 0) return;
    const { epoch, ordinal } = this;
    this.ordinal += events.length;
    const from = { stream: 'main', epoch, ordinal } as const;
    this.act(conversationReceived({ ...from, events, viewerId: viewer, receivedAt: this.now }));
  }

  private ask(kind: Request['kind'], before: number | null, limit: number): void {
    const asOf = this.ordinal++;
    const absentBefore = Math.min(asOf, ...this.requests.map((request) => request.asOf));
    const epoch = this.isOpen ? this.epoch : null;
    this.requests.push({ kind, asOf, absentBefore, before, limit, epoch, answer: null });
  }

  private serve(request: Request): void {
    if (request.answer !== null) return;
    const { before, kind, limit } = request;
    // which message is the last counted one is a guess then: right if none is on its way
    if (kind === 'counts' || !this.options.saysLast) this.deliver(Infinity);
    const own = this.made.filter(({ parentId }) => parentId === null);
    const listed = own.filter(
      ({ createdAt, deletedAt }) =>
        (deletedAt === null || this.options.listsDeleted) && createdAt < (before ?? Infinity),
    );
    request.answer = {
      rows: listed.slice(-limit).map((made) => this.rowOf(made)),
      hasMore: listed.length > limit,
      count: this.serverCount(),
      last: own.findLast(({ deletedAt }) => deletedAt === null) ?? null,
    };
  }

  private answer(request: Request): void {
    this.serve(request);
    this.requests = this.requests.filter((known) => known !== request);
    const { asOf, absentBefore, answer, before, epoch, kind } = request;
    if (answer === null) return;
    const starts = this.requests.map((known) => known.asOf);
    const oldestInFlight = starts.length === 0 ? null : Math.min(...starts);
    const asked: Asked = { asOf, absentBefore, oldestInFlight };
    const { rows, count, last } = answer;
    const isLive = this.isOpen && epoch === this.epoch;
    if (kind === 'counts') {
      const held = selectors.selectHeldTimeline(this.root, channelId, null);
      const lastAt = held?.segments.at(-1)?.at(-1)?.createdAt ?? null;
      const counts = [{ channelId, count, lastAt }];
      this.act(countsReceived({ ...asked, counts, isLive }));
      return;
    }
    const times = rows.map(({ createdAt }) => createdAt ?? 0);
    const first = times[0] ?? before ?? 0;
    const to = before ?? (isLive ? null : (times.at(-1) ?? 0));
    const range = { from: answer.hasMore ? first : null, to };
    const page = { ...asked, channelId, parentId: null, messages: rows, range };
    if (kind === 'page') {
      this.act(pageReceived(page));
      return;
    }
    const lastMessage =
      last === null
        ? null
        : {
            ...{ id: last.id, content: '', userId: last.userId, username: null },
            createdAt: last.createdAt,
          };
    const channel = {
      ...{ id: channelId, name: 'general', unreadCount: count },
      ...(this.options.saysLast ? { lastMessage } : {}),
    };
    const project = { id: 'p1', slug: 'p', name: 'P', description: null, color: null };
    this.act(
      snapshotApplied({
        ...{ ...asked, project, channels: [channel], currentChannelId: channelId },
        ...{ users: [], members: [], onlineCount: null, page },
      }),
    );
  }

  private evict(before: number | null): void {
    const ordinal = this.ordinal;
    this.act(historyEvicted({ ordinal, channels: [{ channelId, before }] }));
  }

  private wish(messageId: string | undefined): void {
    const wish = selectors.selectReadWish(this.root, channelId, messageId);
    if (wish === null) return;
    const opId = `op${this.ordinal}`;
    const { target, upTo } = wish;
    this.act(readRequested({ opId, channelId, at: this.now, ...wish }));
    const asOf = this.ordinal++;
    const rest = { viewerId: viewer, since: null, mayMatch: false };
    this.act(operationStarted({ opId, ordinal: asOf, ...rest }));
    this.wishes.push({ opId, asOf, upTo, target, isServed: false });
  }

  /** The server takes it, answers, or refuses it. */
  private settleWish(n: number): void {
    const [wished] = this.wishes;
    if (wished === undefined) return;
    const { opId, asOf, upTo, target } = wished;
    if (n % 4 === 3 && !wished.isServed) {
      this.wishes.shift();
      this.act(operationFailed({ opId, code: 'FORBIDDEN', retryAt: null }));
      return;
    }
    this.readAt = Math.max(this.readAt, upTo);
    if (n % 2 === 0 && !wished.isServed) {
      wished.isServed = true;
      return;
    }
    this.wishes.shift();
    const ordinal = this.ordinal++;
    const asked = { asOf, absentBefore: asOf, oldestInFlight: null };
    const read = { channelId, upTo, messageId: target };
    const told = { message: null, deleted: null, read };
    this.act(operationAcknowledged({ opId, ordinal, ...asked, ...told }));
  }
}
