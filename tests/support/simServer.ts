import type { FileRef, Json, MessageFact, Reaction } from '../../src/protocol/models';
import type { MessageEvent, ReactionEvent } from '../../src/protocol/serverEvents';

/**
 * What the server says about times. `on`: every change has a time of its own. `off`: nothing but creation has one.
 * `mixed`: as the real backend does it: texts and counts of events have times, reactions, deletes and rows have not.
 */
export type Versions = 'on' | 'off' | 'mixed';

export interface SimOptions {
  readonly versions: Versions;
  /** Whether pages list deleted messages as tombstones instead of leaving them out. */
  readonly listsDeleted?: boolean;
  readonly channelId?: string;
}

export interface SimMessage {
  readonly id: string;
  readonly parentId: string | null;
  readonly userId: string;
  readonly createdAt: number;
  content: string;
  editedAt: number | null;
  updatedAt: number;
  deletedAt: number | null;
  threadCount: number;
  isRead: boolean;
  files: readonly FileRef[];
  metadata: Readonly<Record<string, Json>>;
  /** Emoji to people to the time of their reaction. */
  readonly reactions: Map<string, Map<string, number>>;
}

export type SimEvent = MessageEvent | ReactionEvent;

/** What a request for a page reads. */
export interface SimPage {
  readonly messages: readonly MessageFact[];
  readonly hasMore: boolean;
}

/** Who looks at what the server says. */
export const viewer = 'lina';
const people = ['lina', 'omar', 'salma', 'youssef'] as const;
const emojis = ['👍', '🎉', '❤️'] as const;

const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;

/** A server of one channel, with a clock that only its own changes move. */
export class SimServer {
  now = 10;
  readonly messages: SimMessage[] = [];
  readonly channelId: string;
  private readonly options: SimOptions;

  constructor(options: SimOptions) {
    this.options = options;
    this.channelId = options.channelId ?? 'general';
  }

  get(id: string): SimMessage | undefined {
    return this.messages.find((message) => message.id === id);
  }

  /** The n-th message that is not deleted, wherever it stands. */
  alive(n: number): SimMessage | undefined {
    const alive = this.messages.filter((message) => message.deletedAt === null);
    return alive.length === 0 ? undefined : pick(alive, n);
  }

  /** Messages of one timeline in order. */
  timeline(parentId: string | null): SimMessage[] {
    return this.messages
      .filter((message) => message.parentId === parentId)
      .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  }

  /** @param tick - 0 puts it into the same millisecond as the change before. */
  create(author: number, tick = 1, parentId: string | null = null): SimEvent[] {
    this.now += tick;
    const n = this.messages.length;
    const made: SimMessage = {
      // ids do not follow the order of creation
      id: `m${(n * 7) % 10}${n}`,
      parentId,
      userId: pick(people, author),
      createdAt: this.now,
      content: `text ${n}`,
      editedAt: null,
      updatedAt: this.now,
      deletedAt: null,
      threadCount: 0,
      isRead: false,
      files: [],
      metadata: {},
      reactions: new Map(),
    };
    this.messages.push(made);
    const { channelId } = this;
    const { id, userId, content, createdAt } = made;
    const fact: MessageFact = {
      ...{ id, channelId, userId, username: userId, parentId, type: 'text', content, createdAt },
      ...{ threadCount: 0, reactions: [], files: [], metadata: {} },
      ...(this.options.versions === 'on' ? { editedAt: null, updatedAt: createdAt } : {}),
    };
    return [{ type: 'channel_message', op: 'create', message: fact }];
  }

  /** A reply, and the parent's new count. */
  reply(author: number, parent: SimMessage): SimEvent[] {
    const events = this.create(author, 1, parent.id);
    this.now += 1;
    parent.threadCount += 1;
    parent.updatedAt = this.now;
    return [...events, this.edited(parent, { threadCount: parent.threadCount })];
  }

  edit(message: SimMessage, content = `text ${this.now + 1}`): SimEvent[] {
    this.now += 1;
    Object.assign(message, { content, editedAt: this.now, updatedAt: this.now });
    const editedAt = this.options.versions === 'off' ? {} : { editedAt: this.now };
    return [this.edited(message, { content, ...editedAt })];
  }

  attach(message: SimMessage, n: number): SimEvent[] {
    this.now += 1;
    const name = `plan ${n}.pdf`;
    const file = { id: `f${n}`, name, mime: null, size: n, url: null, thumbnailUrl: null };
    const files = n % 2 === 0 ? [file] : [];
    Object.assign(message, { files, metadata: { n: n % 2 }, updatedAt: this.now });
    return [this.edited(message, { files, metadata: message.metadata })];
  }

  remove(message: SimMessage): SimEvent[] {
    this.now += 1;
    Object.assign(message, { deletedAt: this.now, updatedAt: this.now });
    const at = this.options.versions === 'on' ? { deletedAt: this.now } : {};
    const { id } = message;
    return [{ type: 'message', op: 'delete', message: { id, ...this.placeOf(message), ...at } }];
  }

  /** Turns someone's reaction on or off. */
  react(message: SimMessage, who: number, what: number): SimEvent[] {
    this.now += 1;
    const [userId, emoji] = [pick(people, who), pick(emojis, what)];
    const users = message.reactions.get(emoji) ?? new Map<string, number>();
    const on = !users.has(userId);
    if (on) users.set(userId, this.now);
    else users.delete(userId);
    if (users.size === 0) message.reactions.delete(emoji);
    else message.reactions.set(emoji, users);
    message.updatedAt = this.now;
    return [
      {
        type: 'reaction',
        op: on ? 'add' : 'remove',
        messageId: message.id,
        ...this.placeOf(message),
        userId,
        username: userId,
        emoji,
        at: this.options.versions === 'on' ? this.now : null,
      },
    ];
  }

  /** All reactions at once, as a frame to everyone says them: without a word on the viewer's own. */
  sayReactions(message: SimMessage): SimEvent[] {
    return [this.edited(message, { reactions: this.reactionsOf(message, false) })];
  }

  /** A row as the viewer's request reads it now. */
  row(message: SimMessage): MessageFact {
    const { id, parentId, userId, content, createdAt, threadCount, files, metadata } = message;
    const { versions } = this.options;
    const { editedAt, updatedAt, deletedAt, isRead } = message;
    return {
      ...{ id, channelId: this.channelId, userId, username: userId, parentId, type: 'text' },
      ...{ content, createdAt, threadCount, files, metadata, isRead },
      reactions: this.reactionsOf(message, true),
      ...(versions === 'on' ? { editedAt, updatedAt } : versions === 'mixed' ? { editedAt } : {}),
      ...(versions === 'on' || deletedAt !== null ? { deletedAt } : {}),
    };
  }

  /** The newest rows before a moment, or the first ones after one, oldest first. */
  page(
    parentId: string | null,
    before: number | null,
    limit: number,
    after: number | null = null,
  ): SimPage {
    const listed = this.timeline(parentId).filter(
      ({ createdAt, deletedAt }) =>
        (before === null || createdAt < before) &&
        (after === null || createdAt > after) &&
        (deletedAt === null || this.options.listsDeleted === true),
    );
    const page = after === null || before !== null ? listed.slice(-limit) : listed.slice(0, limit);
    const messages = page.map((message) => this.row(message));
    return { messages, hasMore: listed.length > limit };
  }

  /** A server that says no times does not always say the channel either. */
  private placeOf({ createdAt }: SimMessage): { readonly channelId?: string } {
    const isSaid = this.options.versions !== 'off' || createdAt % 2 === 0;
    return isSaid ? { channelId: this.channelId } : {};
  }

  private edited(message: SimMessage, what: Omit<MessageFact, 'id' | 'channelId'>): MessageEvent {
    const at = this.options.versions === 'off' ? {} : { updatedAt: message.updatedAt };
    const { id } = message;
    return {
      type: 'channel_message',
      op: 'edit',
      message: { id, channelId: this.channelId, ...what, ...at },
    };
  }

  private reactionsOf(message: SimMessage, isForViewer: boolean): Reaction[] {
    const hasTimes = this.options.versions === 'on';
    return [...message.reactions].map(([emoji, users]) => ({
      emoji,
      count: users.size,
      users: [...users].map(([userId, at]) => ({
        ...{ userId, username: userId, at: hasTimes ? at : null },
      })),
      ...(isForViewer ? { mine: users.has(viewer) } : {}),
    }));
  }
}
