import type { PageReceived } from '../../src/actions/history';
import type { MessageFact } from '../../src/protocol/models';
import type { ReactionEvent } from '../../src/protocol/serverEvents';
import type { SimEvent } from './simServer';
import type { Visible } from './visible';

/**
 * The laws of message merging, word by word and without a thought for speed: every fact is kept, and what is seen is
 * found each time by comparing all of them.
 */

interface Heard {
  readonly rank: 'create' | 'edit' | 'row';
  /** Order of observation; the first word on a message loses every tie. */
  readonly o: number;
  readonly fact: MessageFact;
}

type Group = 'content' | 'type' | 'threadCount' | 'files' | 'metadata' | 'reactions';

interface HeardReaction {
  readonly o: number;
  readonly event: ReactionEvent;
}

interface Candidate<T> {
  readonly v: number | null;
  readonly o: number;
  readonly value: T;
  readonly heard: Heard;
}

/** Two versioned facts: the larger server time. Else: the later observation. */
function beats(a: Candidate<unknown>, b: Candidate<unknown>): boolean {
  if (a.v !== null && b.v !== null && a.v !== b.v) return a.v > b.v;
  return a.o > b.o;
}

function winner<T>(candidates: readonly Candidate<T>[]): Candidate<T> | undefined {
  return candidates.find((a) => candidates.every((b) => a === b || !beats(b, a)));
}

export class NaiveMessage {
  readonly id: string;
  /** Last observation that was news for certain. */
  seen = 0;
  /** Last observation of any kind: a row, or a word on what is gone, may or may not have said something new. */
  listed = 0;
  absentAsOf: number | null = null;
  heard: Heard[] = [];
  readonly reactions: HeardReaction[] = [];
  private guess = 0;

  constructor(id: string) {
    this.id = id;
  }

  hear(heard: Heard, at: number): void {
    if (!this.isKnown) this.guess = at;
    this.heard.push(heard);
  }

  /** A row lists it again: of its earlier changes the row tells what is left. */
  comeBack(asOf: number): void {
    this.absentAsOf = null;
    this.heard = this.heard.filter(({ rank, o }) => rank !== 'edit' || o > asOf);
  }

  get isKnown(): boolean {
    return this.heard.some(({ rank }) => rank !== 'edit');
  }

  get isFinal(): boolean {
    return this.heard.some(({ fact }) => typeof fact.deletedAt === 'number');
  }

  /** An event spoke of it. */
  told(o: number): void {
    if (this.isFinal || this.absentAsOf !== null) this.listed = Math.max(this.listed, o);
    else this.seen = Math.max(this.seen, o);
  }

  get createdAt(): number {
    const said = this.heard.flatMap(({ fact }) => fact.createdAt ?? []);
    return said.length === 0 ? this.guess : Math.min(...said);
  }

  get parentId(): string | null {
    return this.heard.find(({ fact }) => typeof fact.parentId === 'string')?.fact.parentId ?? null;
  }

  visible(): Visible & { readonly isEdited: boolean } {
    const isDeleted = this.isFinal || this.absentAsOf !== null;
    const text = this.winnerOf('content');
    const { id, parentId, createdAt } = this;
    return {
      ...{ id, parentId, createdAt, isDeleted },
      userId: this.heard.find(({ fact }) => typeof fact.userId === 'string')?.fact.userId ?? null,
      type: this.winnerOf('type')?.value ?? 'text',
      threadCount: this.winnerOf('threadCount')?.value ?? 0,
      content: isDeleted ? '' : (text?.value ?? ''),
      isEdited: !isDeleted && this.isEdited(text),
      files: isDeleted ? [] : (this.winnerOf('files')?.value ?? []),
      metadata: isDeleted ? {} : (this.winnerOf('metadata')?.value ?? {}),
      reactions: isDeleted ? [] : this.shownReactions(),
    };
  }

  private isEdited(text: Candidate<string> | undefined): boolean {
    const said = text?.heard.fact.editedAt;
    if (said !== undefined) return said !== null;
    return this.heard.some(({ rank, fact }) => rank === 'edit' && fact.content !== undefined);
  }

  private winnerOf<K extends Group>(key: K): Candidate<NonNullable<MessageFact[K]>> | undefined {
    return winner(
      this.heard.flatMap((heard) => {
        const value = heard.fact[key];
        if (value === undefined) return [];
        return [{ v: this.versionOf(key, heard), o: heard.o, value, heard }];
      }),
    );
  }

  private versionOf(key: Group, { rank, fact }: Heard): number | null {
    if (key === 'content' && typeof fact.editedAt === 'number') return fact.editedAt;
    if (rank === 'create') return this.createdAt;
    if (key === 'content' && rank === 'row' && fact.editedAt === null) return this.createdAt;
    return fact.updatedAt ?? null;
  }

  /** The newest whole set, and on it everyone's newest word that was said after it. */
  private shownReactions(): string[] {
    const set = this.winnerOf('reactions');
    const people = new Map<string, Set<string>>();
    for (const { emoji, users } of set?.value ?? []) {
      people.set(emoji, new Set(users.map(({ userId }) => userId)));
    }
    const after = this.reactions.map(({ o, event }) => ({ v: event.at, o, event }));
    const later = after.filter(
      (op) =>
        set === undefined ||
        (op.v !== null && set.v !== null && op.v !== set.v ? op.v > set.v : op.o > set.o),
    );
    for (const op of later) {
      const { emoji, userId } = op.event;
      const same = later.filter((o) => o.event.emoji === emoji && o.event.userId === userId);
      const last = same.reduce((a, b) => {
        const isLater = a.v !== null && b.v !== null && a.v !== b.v ? b.v > a.v : b.o > a.o;
        return isLater ? b : a;
      });
      const users = people.get(emoji) ?? new Set<string>();
      if (last.event.op === 'add') users.add(userId);
      else users.delete(userId);
      people.set(emoji, users);
    }
    return [...people]
      .filter(([, users]) => users.size > 0)
      .map(([emoji, users]) => [emoji, users.size, ...[...users].sort()].join(' '))
      .sort();
  }
}

const covers = (page: PageReceived, parentId: string | null, at: number): boolean =>
  page.parentId === parentId &&
  (page.range.from === null || page.range.from < at) &&
  (page.range.to === null || at < page.range.to);

/** All messages of one channel, with every fact ever heard of them. */
export class NaiveChannel {
  private readonly messages = new Map<string, NaiveMessage>();
  private pages: PageReceived[] = [];

  event(event: SimEvent, o: number, at: number): void {
    if (event.type === 'reaction') {
      const message = this.get(event.messageId);
      message.reactions.push({ o, event });
      message.told(o);
      return;
    }
    const message = this.get(event.message.id);
    const isFirst = !message.isKnown;
    if (event.op === 'create') {
      message.hear({ rank: 'create', o: 0, fact: event.message }, at);
      if (isFirst) message.seen = Math.max(message.seen, o);
      return;
    }
    const fact = event.op === 'delete' ? { deletedAt: 0, ...event.message } : event.message;
    message.told(o);
    message.hear({ rank: 'edit', o, fact }, at);
  }

  page(page: PageReceived): void {
    const listed = new Set(page.messages.map(({ id }) => id));
    for (const fact of page.messages) this.row(fact, page);
    for (const message of this.messages.values()) {
      const { createdAt, parentId } = message;
      if (!message.isKnown) continue;
      if (listed.has(message.id) || !covers(page, page.parentId, createdAt)) continue;
      if (parentId !== page.parentId || this.isStale(page.asOf, parentId, createdAt)) continue;
      if (message.seen >= page.absentBefore) continue;
      if (!message.isFinal) message.absentAsOf ??= page.asOf;
      // a deleted message is listed as long as replies hang on it
      const fact = { id: message.id, threadCount: 0 };
      message.hear({ rank: 'row', o: page.asOf, fact }, createdAt);
    }
    // "up to now" ends with the last message that it lists: of what was written since it knows nothing
    const to =
      page.range.to ?? Math.max(...page.messages.map((fact) => fact.createdAt ?? -Infinity));
    this.pages.push({ ...page, range: { ...page.range, to } });
  }

  row(fact: MessageFact, asked: Pick<PageReceived, 'asOf'>): void {
    const message = this.get(fact.id);
    const at = message.isKnown ? message.createdAt : (fact.createdAt ?? 0);
    const parentId = message.parentId ?? fact.parentId ?? null;
    const { asOf } = asked;
    // an old page brings no message back, but what it says of a deletion stays true (L2)
    const isTombstone = typeof fact.deletedAt === 'number';
    if (!message.isKnown && !isTombstone && this.isStale(asOf, parentId, at)) return;
    const isBack = message.absentAsOf !== null && asOf > message.absentAsOf;
    if (isBack) message.comeBack(asOf);
    if (isBack || !message.isKnown) message.seen = Math.max(message.seen, asOf);
    message.listed = Math.max(message.listed, asOf);
    message.hear({ rank: 'row', o: asOf, fact }, at);
  }

  /**
   * The moment before which a page must have been started to be missing a message for certain: at most the page's own,
   * and before everything that may or may not count as having been seen.
   */
  certainlyAbsentBefore(page: PageReceived): number {
    let before = page.absentBefore;
    const unsure = () =>
      [...this.messages.values()].find(({ seen, listed }) => seen < before && listed >= before);
    for (let found = unsure(); found !== undefined; found = unsure()) before = found.seen;
    return before;
  }

  /** Everything known, in order. */
  known(): NaiveMessage[] {
    return [...this.messages.values()]
      .filter((message) => message.isKnown)
      .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  }

  /** Whether a newer page has already said what is, and is not, at this place. */
  private isStale(asOf: number, parentId: string | null, at: number): boolean {
    return this.pages.some((page) => page.asOf > asOf && covers(page, parentId, at));
  }

  private get(id: string): NaiveMessage {
    let message = this.messages.get(id);
    if (message === undefined) {
      message = new NaiveMessage(id);
      this.messages.set(id, message);
    }
    return message;
  }
}
