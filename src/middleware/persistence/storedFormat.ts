import { operationFields } from '../../protocol/decodeOperation';
import { isList, isRaw } from '../../protocol/raw';

/** How entries are laid out. To be raised whenever they mean something else under the same name. */
const storedFormat = 1;

/** FNV-1a: it only has to tell one list of fields from another. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/**
 * Names the format of a space: what stands under another name is not read, but wiped. Messages and channels are kept as
 * the wire spells them and decoded as such, so that only the fields of operations count.
 *
 * @internal
 */
export const storedVersion: string = ['hudhud', storedFormat, fingerprint(operationFields)].join(
  '/',
);

/**
 * Names of the entries of a space.
 *
 * - `version`: `storedVersion`.
 * - `session`: made by the first tab of a session. Every write expects it, so that nobody writes into a space that another
 *   tab has wiped.
 * - `nonce`: whether the backend gives nonces back.
 * - `outbox/<tab>/<channel>`: what was wished in one tab.
 * - `channel/<channel>`, `channels`, `recent`, `cursor`: what was shown, written by one tab at a time, all in one
 *   transaction.
 *
 * @internal
 */
export const entry = {
  version: 'version',
  session: 'session',
  nonce: 'nonce',
  channels: 'channels',
  recent: 'recent',
  cursor: 'cursor',
} as const;

const outbox = 'outbox/';

/** Begins the names of what was shown of channels. @internal */
export const channelPrefix = 'channel/';

/** @internal */
export function channelEntry(channelId: string): string {
  return channelPrefix + channelId;
}

/** Begins the names of what was wished in a tab. @internal */
export function outboxPrefix(tab: string): string {
  return `${outbox}${tab}/`;
}

/** @internal */
export function outboxEntry(tab: string, channelId: string): string {
  return outboxPrefix(tab) + channelId;
}

/** Which tab wished it, and in which channel; `null`: it is no such entry. @internal */
export function readOutboxEntry(
  key: string,
): { readonly tab: string; readonly channelId: string } | null {
  if (!key.startsWith(outbox)) return null;
  const at = key.indexOf('/', outbox.length);
  if (at < 0) return null;
  return { tab: key.slice(outbox.length, at), channelId: key.slice(at + 1) };
}

/** Tabs of which something is kept. @internal */
export function tabsOf(entries: ReadonlyMap<string, unknown>): ReadonlySet<string> {
  return new Set([...entries.keys()].flatMap((key) => readOutboxEntry(key)?.tab ?? []));
}

/** @internal */
export function isOutboxEntry(key: string): boolean {
  return key.startsWith(outbox);
}

/** The operations of such an entry, as they are: nothing is known of them but that they are some. @internal */
export function operationsIn(value: unknown): readonly unknown[] {
  const operations = isRaw(value) ? value['operations'] : undefined;
  return isList(operations) ? operations : [];
}

/** Ids of what is kept of a tab, also of what is not understood. @internal */
export function idsOnDisk(
  entries: ReadonlyMap<string, unknown>,
  tab: string,
): ReadonlySet<unknown> {
  const own = [...entries].filter(([key]) => key.startsWith(outboxPrefix(tab)));
  return new Set(
    own.flatMap(([, value]) =>
      operationsIn(value).map((one) => (isRaw(one) ? one['opId'] : undefined)),
    ),
  );
}
