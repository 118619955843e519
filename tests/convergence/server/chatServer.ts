import type { Dice } from '../dice';

/** A message as the database has it. */
export interface StoredMessage {
  readonly id: string;
  readonly channelId: string;
  readonly parentId: string | null;
  readonly userId: string;
  /** Of the client under test; told only where the server gives metadata back. */
  readonly nonce: string | null;
  /** In µs, which no answer shows. */
  readonly createdUs: number;
  content: string;
  editedUs: number | null;
  /** Last change of anything. */
  updatedUs: number;
  deletedUs: number | null;
  threadCount: number;
  /** Emoji to people to the time of their reaction. */
  readonly reactions: Map<string, Map<string, number>>;
}

export interface Author {
  readonly userId: string;
  /** `client`: the client under test; everything else is somebody else's device. */
  readonly device: 'client' | 'elsewhere';
}

/** What was written, in order. */
export interface Change {
  readonly what: 'created' | 'edited' | 'deleted' | 'counted' | 'reacted';
  readonly message: StoredMessage;
  readonly by: Author;
  readonly atUs: number;
  /** The moment of the schedule. */
  readonly tick: number;
  readonly content: string;
  readonly emoji: string;
  readonly on: boolean;
}

export interface Refusal {
  readonly status: number;
}

export interface Draft {
  readonly channelId: string;
  readonly parentId: string | null;
  readonly content: string;
  readonly nonce: string | null;
}

export interface PageQuery {
  readonly channelId: string | null;
  readonly parentId: string | null;
  /** In ms. */
  readonly before: number | null;
  readonly after: number | null;
  readonly limit: number;
}

const notFound: Refusal = { status: 404 };
const forbidden: Refusal = { status: 403 };
const conflict: Refusal = { status: 409 };

export const isRefusal = (result: StoredMessage | Refusal): result is Refusal => 'status' in result;

/** A deleted message that still heads a thread keeps its place. */
const isListed = ({ deletedUs, threadCount }: StoredMessage): boolean =>
  deletedUs === null || threadCount > 0;

const byPlace = (a: StoredMessage, b: StoredMessage): number =>
  a.createdUs - b.createdUs || (a.id < b.id ? -1 : 1);

/** The database of a chat, with the rules of its writes. Knows nothing of the wire. */
export class ChatServer {
  readonly messages: StoredMessage[] = [];
  readonly changes: Change[] = [];
  private readonly byKey = new Map<string, StoredMessage>();
  private lastUs = 0;
  private readonly now: () => number;
  private readonly tick: () => number;
  private readonly dice: Dice;
  private readonly refusesRepeatedReactions: boolean;
  private readonly onChange: (change: Change) => void;

  constructor(ports: {
    /** In ms. */
    readonly now: () => number;
    readonly tick: () => number;
    readonly dice: Dice;
    readonly refusesRepeatedReactions: boolean;
    readonly onChange: (change: Change) => void;
  }) {
    this.now = ports.now;
    this.tick = ports.tick;
    this.dice = ports.dice;
    this.refusesRepeatedReactions = ports.refusesRepeatedReactions;
    this.onChange = ports.onChange;
  }

  find(id: string): StoredMessage | undefined {
    return this.messages.find((message) => message.id === id);
  }

  ofNonce(nonce: string): StoredMessage[] {
    return this.messages.filter((message) => message.nonce === nonce);
  }

  create(by: Author, draft: Draft, key: string | null = null): StoredMessage | Refusal {
    const known = key === null ? undefined : this.byKey.get(key);
    if (known !== undefined) return known;
    const parent = draft.parentId === null ? null : this.alive(draft.parentId);
    if (parent === undefined) return notFound;
    const createdUs = this.nextUs();
    const message: StoredMessage = {
      // ids do not follow the order of creation
      id: `m${this.dice.below(1_000).toString().padStart(3, '0')}-${this.messages.length}`,
      ...{ channelId: draft.channelId, parentId: draft.parentId, userId: by.userId },
      ...{ nonce: draft.nonce, createdUs, content: draft.content.trim() },
      ...{ editedUs: null, updatedUs: createdUs, deletedUs: null, threadCount: 0 },
      reactions: new Map(),
    };
    this.messages.push(message);
    if (key !== null) this.byKey.set(key, message);
    this.note('created', message, by);
    if (parent !== null) this.count(parent, 1, by);
    return message;
  }

  edit(by: Author, id: string, content: string): StoredMessage | Refusal {
    const message = this.alive(id);
    if (message === undefined) return notFound;
    if (message.userId !== by.userId) return forbidden;
    message.editedUs = message.updatedUs = this.nextUs();
    message.content = content.trim();
    this.note('edited', message, by);
    return message;
  }

  remove(by: Author, id: string): StoredMessage | Refusal {
    const message = this.alive(id);
    if (message === undefined) return notFound;
    if (message.userId !== by.userId) return forbidden;
    message.deletedUs = message.updatedUs = this.nextUs();
    this.note('deleted', message, by);
    const parent = message.parentId === null ? undefined : this.find(message.parentId);
    if (parent !== undefined) this.count(parent, -1, by);
    return message;
  }

  react(by: Author, id: string, emoji: string, on: boolean): StoredMessage | Refusal {
    const message = this.alive(id);
    if (message === undefined) return notFound;
    const users = message.reactions.get(emoji) ?? new Map<string, number>();
    if (users.has(by.userId) === on) {
      // nothing to tell, but it is so: that is what was asked for
      this.changes.push(this.changeOf('reacted', message, by, emoji, on));
      if (!this.refusesRepeatedReactions) return message;
      return on ? conflict : notFound;
    }
    message.updatedUs = this.nextUs();
    if (on) users.set(by.userId, message.updatedUs);
    else users.delete(by.userId);
    if (users.size === 0) message.reactions.delete(emoji);
    else message.reactions.set(emoji, users);
    this.note('reacted', message, by, emoji, on);
    return message;
  }

  /** Oldest first. A time is compared with µs, as the database does it. */
  page(query: PageQuery): { readonly messages: StoredMessage[]; readonly hasMore: boolean } {
    const { channelId, parentId, before, after, limit } = query;
    const found = this.messages
      .filter(
        (message) =>
          message.parentId === parentId &&
          (channelId === null || message.channelId === channelId) &&
          isListed(message) &&
          (before === null || message.createdUs < before * 1_000) &&
          (after === null || message.createdUs > after * 1_000),
      )
      .sort(byPlace);
    const isForward = after !== null && before === null;
    const messages = isForward ? found.slice(0, limit) : found.slice(-limit);
    return { messages, hasMore: found.length > messages.length };
  }

  private alive(id: string): StoredMessage | undefined {
    const message = this.find(id);
    return message?.deletedUs === null ? message : undefined;
  }

  private count(parent: StoredMessage, by: 1 | -1, author: Author): void {
    parent.threadCount += by;
    parent.updatedUs = this.nextUs();
    this.note('counted', parent, author);
  }

  /** Several writes may share a millisecond; none share a microsecond. */
  private nextUs(): number {
    this.lastUs = Math.max(this.lastUs + 1 + this.dice.below(700), this.now() * 1_000);
    return this.lastUs;
  }

  private changeOf(
    what: Change['what'],
    message: StoredMessage,
    by: Author,
    emoji: string,
    on: boolean,
  ): Change {
    const { content, updatedUs: atUs } = message;
    return { what, message, by, atUs, tick: this.tick(), content, emoji, on };
  }

  private note(
    what: Change['what'],
    message: StoredMessage,
    by: Author,
    emoji = '',
    on = false,
  ): void {
    const change = this.changeOf(what, message, by, emoji, on);
    this.changes.push(change);
    this.onChange(change);
  }
}
