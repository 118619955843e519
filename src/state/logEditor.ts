import type { Asked, PageRange } from '../actions/history';
import type { StreamKey } from '../protocol/batch';
import type { MessageFact } from '../protocol/models';
import type { MessageEvent, ReactionEvent } from '../protocol/serverEvents';
import type { Authors } from './authors';
import { sharedAuthor } from './authors';
import type { Broken, ChannelLog, Timeline } from './channelLog';
import { createTimeline, indexOf, noReads, placeOf, readFloor, slotOfTimeline } from './channelLog';
import type { Said } from './mergeMessage';
import { createRecord, deleteRecord, markAbsent, mergeMessage, seenAt } from './mergeMessage';
import type { MessageRecord, ReactionOp } from './messageRecord';
import type { ParkedFact, ParkedMessage } from './parked';
import { isDelete, park } from './parked';
import { mergeReactionOp } from './reactions';
import { SegmentEditor } from './segments';
import type { Coverage } from './windows';
import { breakOff, coverAhead, coverMoment, coverRange, coverTold, takeUp } from './windows';

interface TimelineDraft {
  readonly base: Timeline;
  readonly rows: SegmentEditor;
  coverage: Coverage;
  reads: Timeline['reads'];
  broken: Broken | undefined;
}

/**
 * Changes one channel's log for one action: every segment is copied at most once, timelines that are not touched cost
 * nothing, and `done()` gives back the log that came in if nothing changed.
 *
 * @internal
 */
export class LogEditor {
  readonly base: ChannelLog;
  private readonly authors: Authors;
  private readonly index: ReturnType<typeof indexOf>;
  /** Of the channel's own timeline: most often it is the only one that is touched, and none of the maps is made. */
  private own: TimelineDraft | null = null;
  /** Of threads, by slot; those of the log itself first. */
  private threads: Map<number, TimelineDraft> | null = null;
  /** Slots of threads that begin here. */
  private begun: Map<string, number> | null = null;
  private parked: readonly ParkedMessage[];
  private trustedFrom: number;
  private size: number;

  constructor(log: ChannelLog, authors: Authors) {
    this.base = log;
    this.authors = authors;
    this.index = indexOf(log);
    this.parked = log.parked;
    this.trustedFrom = log.trustedFrom;
    this.size = log.size;
  }

  find(id: string): MessageRecord | undefined {
    const place = this.index.places.get(id);
    if (place === undefined) return undefined;
    const row =
      typeof place === 'number'
        ? this.known(null)?.rows.find(place, id)
        : this.known(place.parentId)?.rows.find(place.at, id);
    // an index can be ahead of the log that came in, where that log has another future already
    return row ?? this.scan(id);
  }

  /** The first word on a message, from the stream. */
  create(fact: MessageFact, o: number, at: number): void {
    const held = this.find(fact.id);
    const said: Said = { rank: 'create', o, renews: false, at };
    if (held !== undefined) {
      const merged = mergeMessage(held, fact, said);
      this.update(held, merged);
      this.coverTold(merged, false);
      return;
    }
    const row = this.buried(this.unpark(this.born(fact, said)));
    this.insert(row);
    this.coverTold(row, true);
  }

  /** A change from the stream; it waits if its message is not known. */
  change(event: MessageEvent | ReactionEvent, o: number, own: boolean): void {
    const id = event.type === 'reaction' ? event.messageId : event.message.id;
    const held = this.find(id);
    if (held === undefined) {
      this.wait(id, { o, event, own });
      return;
    }
    const fact: ParkedFact = { o, event, own };
    // a page did not list it: this will count if a later one does
    if (held.absentAsOf !== undefined && !isDelete(fact)) this.wait(id, fact);
    this.update(held, applyChange(held, fact));
  }

  /**
   * A row as a request read it. Gives back a row that has to be added, or `null` if the message is held, or gone, or
   * cannot be placed for want of a time. What the row tells about its neighbours is the page's to say.
   */
  row(fact: MessageFact, asked: Asked): MessageRecord | null {
    const { asOf } = asked;
    const held = this.find(fact.id);
    const at = held?.createdAt ?? fact.createdAt;
    if (at === undefined) return null;
    const said: Said = { rank: 'row', o: asOf, renews: renewsOf(asked), at };
    if (held !== undefined) {
      const merged = mergeMessage(held, fact, said);
      const isBack = held.absentAsOf !== undefined && !merged.isDeleted;
      this.update(held, isBack ? this.unpark(merged) : merged);
      return null;
    }
    // a newer page covered this place and did not list it: it is gone; that it was deleted is worth knowing all the same
    const isTombstone = typeof fact.deletedAt === 'number';
    if (!isTombstone && this.floorAt(fact.parentId ?? null, at) > asOf) return null;
    return this.unpark(this.born(fact, said));
  }

  /** Adds sorted rows that `row` made, whatever their timelines; `coverAlone` is the caller's to call. */
  insertAll(rows: readonly MessageRecord[], parentId: string | null): void {
    const own = rows.filter((row) => row.parentId === parentId);
    this.draft(parentId).rows.insertSorted(own);
    this.size += own.length;
    for (const row of own) this.index.places.set(row.id, placeOf(row));
    for (const row of rows) if (row.parentId !== parentId) this.insert(row);
  }

  /** Adds one row that stands for itself: nothing is claimed of its neighbours. */
  insertAlone(row: MessageRecord): void {
    this.insert(row);
    this.coverAlone(row);
  }

  /** Makes sure that a row lies in a window, if only in one of its own. */
  coverAlone(row: MessageRecord): void {
    const draft = this.draft(row.parentId);
    draft.coverage = coverMoment(draft.coverage, row.createdAt);
  }

  /** A page that answers for its place did not list it. */
  miss(held: MessageRecord, asked: Asked): void {
    const missed = markAbsent(held, { asOf: asked.asOf, renews: renewsOf(asked) });
    if (missed !== held) this.draft(held.parentId).rows.replace(missed);
  }

  /** @param firmTo - Up to where that holds even if the stream breaks off now; `null` if nowhere. */
  cover(parentId: string | null, range: PageRange, firmTo: number | null): void {
    const draft = this.draft(parentId);
    draft.coverage =
      firmTo === range.to && firmTo !== null
        ? coverRange(draft.coverage, range)
        : coverAhead(draft.coverage, range, firmTo);
  }

  remember(parentId: string | null, reads: Timeline['reads']): void {
    this.draft(parentId).reads = reads;
  }

  /**
   * Ends every live window: the stream stopped, or what it said had to be let go.
   *
   * @param by - The connection that stopped; it may be gone on with. `null`: nothing brings back what was let go.
   */
  closeLive(by: Omit<Broken, 'windows'> | null): void {
    for (const draft of this.all()) {
      const { windows } = draft.coverage;
      const isLive = windows.at(-1)?.to === null;
      if (isLive) draft.broken = by === null ? undefined : { ...by, windows };
      // of two streams that told of it neither may have told of what the other one missed
      else if (by?.stream !== draft.broken?.stream) draft.broken = undefined;
      draft.coverage = breakOff(draft.coverage);
    }
  }

  /** The stream goes on without a hole since a connection: what broke off with that or a later one is live again. */
  takeUp(stream: StreamKey, since: number): void {
    for (const draft of this.all()) {
      const { broken } = draft;
      if (broken?.stream !== stream || broken.epoch < since) continue;
      draft.coverage = takeUp(draft.coverage, broken.windows);
      draft.broken = undefined;
    }
  }

  private *all(): Generator<TimelineDraft> {
    for (let slot = 0; slot < this.count(); slot++) {
      const draft = this.draftAt(slot);
      if (draft !== undefined) yield draft;
    }
  }

  done(): ChannelLog {
    const { base, parked, trustedFrom, size } = this;
    let timelines = this.own === null ? null : putTimeline(base, null, 0, this.own);
    for (const [slot, draft] of this.threads ?? []) {
      timelines = putTimeline(base, timelines, slot, draft);
    }
    if (timelines === null && parked === base.parked && trustedFrom === base.trustedFrom)
      return base;
    const log: ChannelLog = {
      channelId: base.channelId,
      lineage: base.lineage,
      timelines: timelines ?? base.timelines,
      size,
      parked,
      trustedFrom,
      cut: base.cut,
    };
    return log;
  }

  private born(fact: MessageFact, said: Said): MessageRecord {
    const { userId } = fact;
    const author = typeof userId === 'string' ? sharedAuthor(this.authors, userId) : userId;
    return createRecord(this.base.channelId, fact, said, author);
  }

  /** The stream may be behind a page that said that a message is gone, and whose word was let go (L2). */
  private buried(row: MessageRecord): MessageRecord {
    const { cut } = this.base;
    return cut?.gone.includes(row.id) === true && !row.isDeleted
      ? markAbsent(row, { asOf: cut.ordinal, renews: false })
      : row;
  }

  private insert(row: MessageRecord): void {
    this.index.places.set(row.id, placeOf(row));
    this.draft(row.parentId).rows.insert(row);
    this.size += 1;
  }

  private draft(parentId: string | null): TimelineDraft {
    const known = this.known(parentId);
    if (known !== undefined) return known;
    const slot = this.count();
    if (parentId !== null) {
      this.begun ??= new Map();
      this.begun.set(parentId, slot);
      this.index.threads.set(parentId, slot);
    }
    return this.hold(slot, draftOf(createTimeline(parentId)));
  }

  private draftAt(slot: number): TimelineDraft | undefined {
    const held = slot === 0 ? this.own : this.threads?.get(slot);
    if (held !== undefined && held !== null) return held;
    const base = this.base.timelines[slot];
    return base === undefined ? undefined : this.hold(slot, draftOf(base));
  }

  private hold(slot: number, draft: TimelineDraft): TimelineDraft {
    if (slot === 0) {
      this.own = draft;
    } else {
      this.threads ??= new Map();
      this.threads.set(slot, draft);
    }
    return draft;
  }

  private count(): number {
    return this.base.timelines.length + (this.begun?.size ?? 0);
  }

  private scan(id: string): MessageRecord | undefined {
    for (let slot = 0; slot < this.count(); slot++) {
      for (const segment of this.draftAt(slot)?.rows.done() ?? []) {
        for (const row of segment) if (row.id === id) return row;
      }
    }
    return undefined;
  }

  private known(parentId: string | null): TimelineDraft | undefined {
    if (parentId === null) return this.draftAt(0);
    return this.draftAt(this.begun?.get(parentId) ?? slotOfTimeline(this.base, parentId));
  }

  private floorAt(parentId: string | null, at: number): number {
    return readFloor(this.known(parentId)?.reads ?? noReads, at);
  }

  private coverTold(row: MessageRecord, isNew: boolean): void {
    // a time that is only guessed says nothing of what was told before and after
    if (row.timeGuessed === true) {
      this.coverAlone(row);
      return;
    }
    const draft = this.draft(row.parentId);
    draft.coverage = coverTold(draft.coverage, row.createdAt, isNew);
  }

  private wait(id: string, fact: ParkedFact): void {
    const { parked, dropped } = park(this.parked, id, fact);
    this.parked = parked;
    this.trustedFrom = Math.max(this.trustedFrom, ...dropped.map((known) => known.o + 1));
    if (dropped.some(isDelete)) this.closeLive(null);
  }

  private unpark(row: MessageRecord): MessageRecord {
    if (this.parked.length === 0) return row;
    const waiting = this.parked.find((message) => message.id === row.id);
    if (waiting === undefined) return row;
    this.parked = this.parked.filter((message) => message !== waiting);
    return waiting.facts.reduce(applyChange, row);
  }

  /** Puts a merged row where it belongs, which is elsewhere once a guessed time or a missing parent is known. */
  private update(held: MessageRecord, merged: MessageRecord): void {
    if (merged === held) return;
    if (merged.createdAt === held.createdAt && merged.parentId === held.parentId) {
      this.draft(held.parentId).rows.replace(merged);
      return;
    }
    this.draft(held.parentId).rows.remove(held);
    this.size -= 1;
    this.insertAlone(merged);
  }
}

/** Whether an answer that is still under way may contradict this one. */
function renewsOf({ asOf, oldestInFlight }: Asked): boolean {
  return oldestInFlight !== null && oldestInFlight < asOf;
}

/** Puts what a draft came to into a copy of the log's timelines, which is made for the first that has changed. */
function putTimeline(
  { timelines }: ChannelLog,
  changed: Timeline[] | null,
  slot: number,
  draft: TimelineDraft,
): Timeline[] | null {
  const next = finished(draft);
  if (next === timelines[slot]) return changed;
  const list = changed ?? [...timelines];
  list[slot] = next;
  return list;
}

function finished({ base, rows, coverage, reads, broken }: TimelineDraft): Timeline {
  const segments = rows.done();
  const isSame = segments === base.segments && coverage === base && reads === base.reads;
  if (isSame && broken === base.broken) return base;
  const { windows, firm } = coverage;
  const next = { parentId: base.parentId, segments, windows, firm, reads };
  return broken === undefined ? next : { ...next, broken };
}

function draftOf(base: Timeline): TimelineDraft {
  return {
    base,
    rows: new SegmentEditor(base.segments),
    coverage: base,
    reads: base.reads,
    broken: base.broken,
  };
}

function applyChange(row: MessageRecord, fact: ParkedFact): MessageRecord {
  const { event, o } = fact;
  if (event.type === 'reaction') {
    const op: ReactionOp = {
      userId: event.userId,
      username: event.username,
      emoji: event.emoji,
      on: event.op === 'add',
      own: fact.own,
      v: event.at,
      o,
    };
    const merged = mergeReactionOp(row, op);
    return seenAt(merged, row, o);
  }
  const said: Said = { rank: 'edit', o, renews: true, at: row.createdAt };
  const merged = mergeMessage(row, event.message, said);
  if (event.op !== 'delete') return merged;
  return seenAt(deleteRecord(merged, event.message.deletedAt ?? null), merged, o);
}
