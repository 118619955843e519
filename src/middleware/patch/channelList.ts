import { channelsReceived } from '../../actions/history';
import { decodeChannel } from '../../protocol/decodeChannel';
import { Fault } from '../../protocol/fault';
import type { ChannelFact, MessagePreview } from '../../protocol/models';
import { anyOf, isList, isRaw } from '../../protocol/raw';
import type { Raw } from '../../protocol/raw';
import type { ChannelRecord } from '../../state/channels';
import { goneSince } from '../../state/channels';
import { keepRows } from './messageRows';
import type { Part, PatchPath } from './part';
import { ruleOf } from './part';
import type { PatchRule, PatchSource, PatchView } from './patchRule';
import { withLastMessage } from './lastMessage';
import type { Spellings } from './spelling';
import { spelledIn } from './spelling';
import { wireTime } from './wireTime';

/** @public */
export interface ChannelListShape<Arg> {
  /** Where the rows lie in the answer. Default: `[]`, the answer is the list. */
  readonly at?: PatchPath;
  /**
   * Whether a channel that is new belongs to the list. Default: the argument names no other project (as `projectId`,
   * `project_id`, or as a string).
   */
  readonly includes?: (channel: ChannelRecord, arg: Arg, data: unknown) => boolean;
  /**
   * Whether the answer names every channel (of the project that it was asked for with), so that what it does not name is
   * gone for selectors and other answers too. Default: it does not; what it does not name is gone from this answer alone.
   */
  readonly isComplete?: (arg: Arg, data: unknown) => boolean;
}

/** @public */
export interface ChannelListRule<Endpoint extends string, Arg> extends ChannelListShape<Arg> {
  readonly endpoint: Endpoint;
}

function factOf(row: unknown): ChannelFact | null {
  const fact = decodeChannel(row);
  return fact instanceof Fault ? null : fact;
}

type Value = string | number | boolean | null;

/** Sets a field in the row's own spelling, if the row says something else; a count that is text stays text. */
function put(row: Raw, names: Spellings, said: Value | undefined, value: Value | undefined): Raw {
  if (value === undefined || said === value) return row;
  const name = spelledIn(row, names);
  const isText = typeof row[name] === 'string';
  return { ...row, [name]: isText && typeof value === 'number' ? String(value) : value };
}

/**
 * What is known of a channel, as far as the row does not say it already.
 *
 * @param said - What is its last message, where no other one is known.
 */
function written(
  row: Raw,
  fact: ChannelFact,
  record: ChannelRecord,
  view: PatchView,
  said: MessagePreview | null = null,
): Raw {
  const { root, selectors } = view.layer;
  const unread = selectors.selectUnread(root, record.id)?.count ?? record.unreadCount ?? undefined;
  let next = put(row, ['name', 'channelName', 'channel_name'], fact.name, record.name || undefined);
  next = put(next, ['slug'], fact.slug ?? null, record.slug);
  next = put(next, ['description'], fact.description ?? null, record.description);
  next = put(next, ['is_private', 'isPrivate'], fact.isPrivate ?? false, record.isPrivate);
  next = put(next, ['user_role', 'userRole'], fact.userRole ?? null, record.userRole);
  next = put(next, ['unread_count', 'unreadCount'], fact.unreadCount, unread);
  const members = record.memberCount ?? undefined;
  next = put(next, ['member_count', 'memberCount'], fact.memberCount, members);
  const preview = selectors.selectChannelPreview(root, record.id);
  const isOlder = said !== null && (preview?.createdAt ?? -Infinity) < said.createdAt;
  return isOlder ? next : withLastMessage(next, fact.lastMessage ?? null, view.layer, record.id);
}

/**
 * What is known of a channel that was let go since the answer came, as it belongs to another project than the one that is
 * open; `null`: it was not. What the stream has said of it since is put over what the answer says.
 *
 * @param held - What is known of it again.
 */
function elsewhere(
  fact: ChannelFact,
  held: ChannelRecord | null,
  { absentBefore }: PatchSource,
  { layer }: PatchView,
): ChannelRecord | null {
  const { channels } = layer.selectors.selectHudhud(layer.root);
  if (goneSince(channels, fact.id, absentBefore)?.isElsewhere !== true) return null;
  return {
    ...{ id: fact.id, o: held?.o ?? 0, since: held?.since ?? 0 },
    projectId: held?.projectId ?? fact.projectId ?? null,
    name: (held?.name ?? '') || (fact.name ?? ''),
    slug: held?.slug ?? fact.slug ?? null,
    description: held?.description ?? fact.description ?? null,
    isPrivate: held?.isPrivate === true || fact.isPrivate === true,
    createdAt: held?.createdAt ?? fact.createdAt ?? null,
    memberCount: held?.memberCount ?? fact.memberCount ?? null,
    unreadCount: held?.unreadCount ?? fact.unreadCount ?? null,
    userRole: held?.userRole ?? fact.userRole ?? null,
    lastMessage: held?.lastMessage ?? fact.lastMessage ?? null,
  };
}

function newRow(record: ChannelRecord): Raw {
  return {
    channel_id: record.id,
    project_id: record.projectId,
    name: record.name,
    slug: record.slug,
    description: record.description,
    is_private: record.isPrivate,
    created_at: wireTime(record.createdAt),
  };
}

/** The project that the argument names as such. */
function namedIn(arg: unknown): string | null {
  const wanted = isRaw(arg) ? anyOf(arg, 'projectId', 'project_id') : null;
  return typeof wanted === 'string' ? wanted : null;
}

/** The project whose channels were asked for, as far as the argument tells. */
function projectIn(arg: unknown): string | null {
  return typeof arg === 'string' ? arg : namedIn(arg);
}

/** @internal */
interface ChannelPart<Arg> extends ChannelListShape<Arg> {
  /** The project whose channels the answer has, where rows do not say it. Default: what the argument names. */
  readonly projectId?: (arg: Arg, data: unknown) => string | null;
}

/** A list of channels, somewhere in an answer. @internal */
export function channelPart<Arg>({
  at = [],
  includes,
  isComplete,
  projectId,
}: ChannelPart<Arg>): Part {
  // the endpoint's own argument, as the rule was written for it
  const projectOf = ({ arg, data }: PatchSource): string | null =>
    projectId?.(arg as Arg, data) ?? projectIn(arg);
  const isIn = (record: ChannelRecord, source: PatchSource): boolean => {
    const included = includes?.(record, source.arg as Arg, source.data);
    if (included !== undefined) return included;
    const wanted = projectOf(source);
    return wanted === null || record.projectId === null || record.projectId === wanted;
  };
  return {
    at,
    topics: () => ['channels', 'unread'],
    facts(value, source, asked) {
      if (!isList(value)) return [];
      // where a text alone was asked for with, it need not be an id
      const own = projectId?.(source.arg as Arg, source.data) ?? namedIn(source.arg);
      const channels = value.flatMap((row): ChannelFact | [] => {
        const fact = decodeChannel(row);
        if (!(fact instanceof Fault)) return own === null ? fact : { projectId: own, ...fact };
        asked.reject(fact.reason, row);
        return [];
      });
      const isWhole = channels.length === value.length;
      const { asOf, absentBefore, oldestInFlight, instance } = asked;
      const complete = isWhole && isComplete?.(source.arg as Arg, source.data) === true;
      const wanted = projectOf(source);
      const scope = complete && wanted !== null ? { projectId: wanted } : {};
      const payload = { channels, complete, ...scope, asOf, absentBefore, oldestInFlight };
      return [channelsReceived(payload, instance)];
    },
    project(value, source, view, last) {
      if (!isList(value)) return value;
      const { root, selectors } = view.layer;
      const listed = new Set<string>();
      const rows: unknown[] = [];
      let { absentBefore } = source;
      for (const row of value) {
        const fact = factOf(row);
        if (fact === null) {
          rows.push(row);
          // it may be the one that seems to be missing
          absentBefore = 0;
          continue;
        }
        listed.add(fact.id);
        const record = selectors.selectChannel(root, fact.id);
        const other = elsewhere(fact, record, source, view);
        // what the list named was taken in: what is not there any more is gone
        if (other !== null) rows.push(written(row as Raw, fact, other, view, other.lastMessage));
        else if (record !== null) rows.push(written(row as Raw, fact, record, view));
      }
      for (const record of selectors.selectChannels(root)) {
        // what was known before the answer was asked for, and is not in it, does not belong to it, or is gone
        if (listed.has(record.id) || record.since < absentBefore || !isIn(record, source)) continue;
        const row = newRow(record);
        const fact = factOf(row);
        if (fact !== null) rows.push(written(row, fact, record, view));
      }
      return keepRows(rows, last ?? value);
    },
  };
}

/**
 * A rule for an endpoint whose answer is one list of channels: names, unread counts and last messages follow the
 * stream; channels come and go.
 *
 * @public
 * @example
 * ```ts
 * channelList({ endpoint: 'getChannels', at: ['channels'] });
 * ```
 */
export function channelList<const Endpoint extends string, Arg>(
  rule: ChannelListRule<Endpoint, Arg>,
): PatchRule<Endpoint> {
  return ruleOf(rule.endpoint, [channelPart(rule)]);
}
