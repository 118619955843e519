import { toCountOrNull } from '../../protocol/counts';
import { decodeUnread } from '../../protocol/decodePages';
import { isRaw } from '../../protocol/raw';
import type { Raw } from '../../protocol/raw';
import { countsReceived } from '../../actions/reads';
import { goneSince } from '../../state/channels';
import { equalJson } from '../../state/equalJson';
import { toCountsReceived } from '../unreadCounts';
import type { Part, PatchPath } from './part';
import { ruleOf } from './part';
import type { PatchReader, PatchRule, PatchSource } from './patchRule';

/** @public */
export interface UnreadCountsRule<Endpoint extends string> {
  readonly endpoint: Endpoint;
  /** Where `total` and `channels` lie in the answer. Default: `[]`. */
  readonly at?: PatchPath;
}

/** Whether a channel has ended since an answer was asked for. */
function isGone(
  { root, selectors }: PatchReader,
  channelId: string,
  { absentBefore }: PatchSource,
): boolean {
  if (selectors.selectChannel(root, channelId) !== null) return false;
  const gone = goneSince(selectors.selectHudhud(root).channels, channelId, absentBefore);
  return gone !== undefined && gone.isElsewhere !== true;
}

/**
 * A rule for an endpoint whose answer is `{ total, channels: { [channelId]: number } }`.
 *
 * @public
 * @example
 * ```ts
 * unreadCounts({ endpoint: 'getUnread', at: ['data'] });
 * ```
 */
export function unreadCounts<const Endpoint extends string>(
  rule: UnreadCountsRule<Endpoint>,
): PatchRule<Endpoint> {
  const part: Part = {
    at: rule.at ?? [],
    topics: () => ['unread', 'channels'],
    facts(value, _source, asked) {
      if (!isRaw(value) || !isRaw(value['channels'])) return [];
      const counts = decodeUnread(value);
      for (const { reason } of counts.rejected) asked.reject(reason, value['channels']);
      const { asOf, absentBefore, oldestInFlight, view } = asked;
      const told = { asOf, absentBefore, oldestInFlight, isLive: asked.isLive(null) };
      const payload = toCountsReceived(view.layer.selectors, view.layer.root, counts, told);
      return [countsReceived(payload, asked.instance)];
    },
    project(value, source, { layer }, last) {
      if (!isRaw(value) || !isRaw(value['channels'])) return value;
      const { root, selectors } = layer;
      const channels: Record<string, unknown> = { ...value['channels'] };
      for (const { id } of selectors.selectChannels(root)) channels[id] ??= undefined;
      for (const id of Object.keys(channels)) {
        const count = selectors.selectUnread(root, id)?.count ?? channels[id];
        if (count === undefined || isGone(layer, id, source)) Reflect.deleteProperty(channels, id);
        else channels[id] = count;
      }
      const total = Object.values(channels).reduce<number>(
        (sum, count) => sum + (toCountOrNull(count) ?? 0),
        0,
      );
      const next: Raw = { ...value, total, channels };
      const held = last ?? value;
      return equalJson(next, held) ? held : next;
    },
  };
  return ruleOf(rule.endpoint, [part]);
}
