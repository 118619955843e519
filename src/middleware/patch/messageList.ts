import { messageFetched, pageReceived } from '../../actions/history';
import { pageRange } from '../../actions/pageRange';
import { Fault } from '../../protocol/fault';
import type { MessageFact } from '../../protocol/models';
import { anyOf, isList, isRaw } from '../../protocol/raw';
import { trusted } from '../trusted';
import { isAskedAtEnd, isAskedBefore } from './askedPlace';
import type { ListScope } from './listRows';
import type { MessageRows, RowShape } from './messageRows';
import { createMessageRows, hasOwnRows, keepRows } from './messageRows';
import type { Part, PatchPath } from './part';
import { ruleOf } from './part';
import type { PatchAsked, PatchRule, PatchSource } from './patchRule';
import { tombstoneRow } from './tombstoneRow';

/** What every list of messages has to say of itself. `Arg` is the argument of the endpoint. @public */
export interface MessageListShape<Arg> extends RowShape {
  /** The channel that the list is of. `data` is the answer. */
  readonly channelId: (arg: Arg, data: unknown) => string;
  /** The message whose replies the list holds; default: none, it holds a channel's own messages. */
  readonly parentId?: (arg: Arg) => string | null;
  /** Where the rows lie in the answer. Default: `[]`, the answer is the list. */
  readonly at?: PatchPath;
  /** The newest row comes first. Default `false`. */
  readonly newestFirst?: boolean;
  /** A channel's list shows the replies of all its threads among the messages. Default `false`. */
  readonly withReplies?: boolean;
  /**
   * Whether the list reaches up to now, so that new messages belong to it. Default: the argument holds nothing that may
   * be a cursor: no `before`, `after`, `around`, `since`, `until`, `from`, `to`, `cursor` or the like (also as `beforeId`,
   * `after_ts`), and of `page`, `offset` and `skip` none but 0; nor do objects in it.
   */
  readonly isTail?: (arg: Arg) => boolean;
  /** Whether there are older messages than the answer lists. Default: its `has_more` or `hasMore`, else `true`. */
  readonly hasMore?: (data: unknown) => boolean;
}

/** @public */
export interface MessageListRule<Endpoint extends string, Arg> extends MessageListShape<Arg> {
  readonly endpoint: Endpoint;
}

/** @internal */
export function saysMore(data: unknown): boolean {
  if (!isRaw(data)) return true;
  const pagination = isRaw(data['pagination']) ? data['pagination'] : data;
  return anyOf(pagination, 'has_more', 'hasMore') !== false;
}

/** @internal */
export function scopeOf<Arg>(
  { channelId, parentId, isTail, withReplies = false }: MessageListShape<Arg>,
  { arg, data, absentBefore, merged = [] }: PatchSource,
): ListScope {
  // the endpoint's own argument, as the rule was written for it
  const typed = arg as Arg;
  const isAtEnd = (one: unknown): boolean => isTail?.(one as Arg) ?? isAskedAtEnd(one);
  return {
    channelId: channelId(typed, data),
    parentId: parentId?.(typed) ?? null,
    withReplies,
    isTail: [arg, ...merged].some(isAtEnd),
    absentBefore,
  };
}

/** What rows that follow each other without a hole say. @internal */
export function pageOf(
  messages: readonly MessageFact[],
  { channelId, parentId, isTail }: ListScope,
  hasMore: boolean,
  asked: PatchAsked,
  { isWhole, before = null }: { readonly isWhole: boolean; readonly before?: number | null },
): ReturnType<typeof pageReceived> {
  const isLive = isTail && asked.isLive(channelId);
  const range = pageRange({ before, hasMore, messages, isLive });
  const stamps = trusted(asked, isWhole);
  return pageReceived({ channelId, parentId, messages, range, ...stamps }, asked.instance);
}

/** The rows of a list that are understood, and whether all are. @internal */
export function readRows(
  rows: MessageRows,
  list: readonly unknown[],
  channelId: string,
  asked: PatchAsked,
): { readonly facts: readonly MessageFact[]; readonly isWhole: boolean } {
  let isWhole = true;
  const facts = list.flatMap((row) => {
    const fact = rows.read(row, channelId);
    if (!(fact instanceof Fault)) return fact;
    asked.reject(fact.reason, row);
    isWhole = false;
    return [];
  });
  return { facts, isWhole };
}

/** A list of messages, somewhere in an answer. @internal */
export function messagePart<Arg>(shape: MessageListShape<Arg>): Part {
  const rows = createMessageRows(shape);
  const { newestFirst = false, hasMore = saysMore } = shape;
  return {
    at: shape.at ?? [],
    topics: (_value, source) => [`messages:${scopeOf(shape, source).channelId}`],
    facts(value, source, asked) {
      if (!isList(value)) return [];
      const scope = scopeOf(shape, source);
      const { facts, isWhole } = readRows(rows, value, scope.channelId, asked);
      // of an answer about newer messages "no more" means no newer ones: it claims nothing of what came before it
      const isOlderSide = scope.isTail || isAskedBefore(source.arg);
      const isMore = !isOlderSide || hasMore(source.data);
      return [pageOf(facts, scope, isMore, asked, { isWhole })];
    },
    project(value, source, view, last) {
      if (!isList(value)) return value;
      const placed = rows.placed(value, scopeOf(shape, source), view).map(({ row }) => row);
      return keepRows(newestFirst ? placed.reverse() : placed, last ?? value);
    },
    isLoaded: (value, source, view) =>
      isList(value) && rows.isLoaded(value, scopeOf(shape, source), view),
  };
}

/**
 * A rule for an endpoint whose answer is one list of messages.
 *
 * @public
 * @example
 * ```ts
 * messageList({
 *   endpoint: 'getMessages',
 *   channelId: (arg: { channelId: string }) => arg.channelId,
 *   at: ['messages'],
 * });
 * ```
 */
export function messageList<const Endpoint extends string, Arg>(
  rule: MessageListRule<Endpoint, Arg>,
): PatchRule<Endpoint> {
  return { ...ruleOf(rule.endpoint, [messagePart(rule)]), hasOwnRows: hasOwnRows(rule) };
}

/** @public */
export interface MessageByIdRule<Endpoint extends string> extends RowShape {
  readonly endpoint: Endpoint;
  /** Where the row lies in the answer. Default: `[]`, the answer is the row. */
  readonly at?: PatchPath;
}

/**
 * A rule for an endpoint whose answer is one message. Its row has to name the channel. A message that is deleted stays
 * in the answer, emptied and with `deleted_at`.
 *
 * @public
 * @example
 * ```ts
 * messageById({ endpoint: 'getMessage', at: ['message'] });
 * ```
 */
export function messageById<const Endpoint extends string>(
  rule: MessageByIdRule<Endpoint>,
): PatchRule<Endpoint> {
  const rows = createMessageRows(rule);
  const part: Part = {
    at: rule.at ?? [],
    topics: (value) => {
      const channelId = rows.factOf(value, null)?.channelId;
      return channelId === undefined ? [] : [`messages:${channelId}`];
    },
    facts(value, _source, { reject, instance, asOf, absentBefore, oldestInFlight }) {
      const message = rows.read(value, null);
      if (!(message instanceof Fault)) {
        return [messageFetched({ message, asOf, absentBefore, oldestInFlight }, instance)];
      }
      reject(message.reason, value);
      return [];
    },
    project(value, _source, { messages }, last) {
      const fact = rows.factOf(value, null);
      if (fact?.channelId === undefined) return value;
      const { channelId, id } = fact;
      const row =
        messages.selectors.selectRow(messages.root, channelId, id) ??
        tombstoneRow(messages, channelId, fact);
      return row === null ? value : keepRows([rows.written(row, value, fact)], [last ?? value])[0];
    },
    isLoaded(value, _source, { messages: { root, selectors } }) {
      const fact = rows.factOf(value, null);
      return selectors.selectMessage(root, fact?.channelId ?? '', fact?.id ?? '') !== null;
    },
  };
  return { ...ruleOf(rule.endpoint, [part]), hasOwnRows: hasOwnRows(rule) };
}
