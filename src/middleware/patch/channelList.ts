import { channelsReceived } from '../../actions/history';
import { decodeChannel } from '../../protocol/decodeChannel';
import { Fault } from '../../protocol/fault';
import type { ChannelFact } from '../../protocol/models';
import { anyOf, isList, isRaw } from '../../protocol/raw';
import type { Raw } from '../../protocol/raw';
import type { ChannelRecord } from '../../state/channels';
import { keepRows } from './messageRows';
import type { Part, PatchPath } from './part';
import { ruleOf } from './part';
import type { PatchRule, PatchSource, PatchView } from './patchRule';
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
function put(
  row: Raw,
  names: readonly [string, ...string[]],
  said: Value | undefined,
  value: Value | undefined,
): Raw {
  if (value === undefined || said === value) return row;
  const name = names.find((one) => Object.hasOwn(row, one)) ?? names[0];
  const isText = typeof row[name] === 'string';
  return { ...row, [name]: isText && typeof value === 'number' ? String(value) : value };
}

/** What is known of a channel, as far as the row does not say it already. */
function written(row: Raw, fact: ChannelFact, record: ChannelRecord, view: PatchView): Raw {
  const { root, selectors } = view.layer;
  const unread = selectors.selectUnread(root, record.id)?.count ?? record.unreadCount ?? undefined;
  const preview = selectors.selectChannelPreview(root, record.id);
  let next = put(row, ['name'], fact.name, record.name || undefined);
  next = put(next, ['slug'], fact.slug ?? null, record.slug);
  next = put(next, ['description'], fact.description ?? null, record.description);
  next = put(next, ['is_private', 'isPrivate'], fact.isPrivate ?? false, record.isPrivate);
  next = put(next, ['user_role', 'userRole'], fact.userRole ?? null, record.userRole);
  next = put(next, ['unread_count', 'unreadCount'], fact.unreadCount, unread);
  const members = record.memberCount ?? undefined;
  next = put(next, ['member_count', 'memberCount'], fact.memberCount, members);
  const last = fact.lastMessage ?? null;
  if (last?.id === preview?.id && last?.content === preview?.content) return next;
  const author = preview?.userId == null ? null : selectors.selectUser(root, preview.userId);
  return {
    ...next,
    last_message_id: preview?.id ?? null,
    last_message_content: preview?.content ?? null,
    last_message_from: preview?.userId ?? null,
    last_message_username: preview?.username ?? author?.username ?? null,
    last_message_created_at: wireTime(preview?.createdAt),
    last_message_at: wireTime(preview?.createdAt),
    // the columns say it
    ...(isRaw(row['last_message']) ? { last_message: null } : {}),
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

function isOfProject({ projectId }: ChannelRecord, arg: unknown): boolean {
  const wanted = isRaw(arg) ? anyOf(arg, 'projectId', 'project_id') : arg;
  return typeof wanted !== 'string' || projectId === null || projectId === wanted;
}

/** A list of channels, somewhere in an answer. @internal */
export function channelPart<Arg>({ at = [], includes }: ChannelListShape<Arg>): Part {
  // the endpoint's own argument, as the rule was written for it
  const isIn = (record: ChannelRecord, { arg, data }: PatchSource): boolean =>
    includes?.(record, arg as Arg, data) ?? isOfProject(record, arg);
  return {
    at,
    topics: () => ['channels', 'unread'],
    facts(value, _source, { reject, instance, asOf, absentBefore, oldestInFlight }) {
      if (!isList(value)) return [];
      const channels = value.flatMap((row) => {
        const fact = decodeChannel(row);
        if (!(fact instanceof Fault)) return fact;
        reject(fact.reason, row);
        return [];
      });
      const payload = { channels, complete: false, asOf, absentBefore, oldestInFlight };
      return [channelsReceived(payload, instance)];
    },
    project(value, source, view, last) {
      if (!isList(value)) return value;
      const { root, selectors } = view.layer;
      const listed = new Set<string>();
      const rows: unknown[] = [];
      for (const row of value) {
        const fact = factOf(row);
        if (fact === null) {
          rows.push(row);
          continue;
        }
        listed.add(fact.id);
        const record = selectors.selectChannel(root, fact.id);
        // what the list named was taken in: what is not there any more is gone
        if (record !== null) rows.push(written(row as Raw, fact, record, view));
      }
      for (const record of selectors.selectChannels(root)) {
        if (listed.has(record.id) || !isIn(record, source)) continue;
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
