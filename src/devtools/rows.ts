import type { HudhudAction } from '../actions/define';
import type { ChannelNames } from './channelNames';

/** What of an action is shown in the panel: its title, and its payload without what people wrote. */

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/** Longest list that is shown item by item. */
const maxItems = 3;
/** Fields with what people wrote. */
const written = new Set(['content', 'text', 'metadata']);

const lists = ['events', 'messages', 'channels', 'members', 'counts'] as const;

function listIn(payload: Fields): readonly unknown[] | null {
  for (const name of lists) {
    const list = payload[name];
    if (Array.isArray(list) && list.length > 0) return list as readonly unknown[];
  }
  return null;
}

/** The channel that something is about. */
function channelOf(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  const { channelId, message } = value;
  return typeof channelId === 'string' ? channelId : channelOf(message);
}

/** Such as `stream/conversationReceived ×12 #general`. @internal */
export function titleOf({ type, payload }: HudhudAction, names: ChannelNames): string {
  if (!isObject(payload)) return type;
  const list = listIn(payload);
  const own = channelOf(payload);
  const channels = new Set(
    own === undefined ? (list ?? []).flatMap((item) => channelOf(item) ?? []) : [own],
  );
  const [first] = channels;
  const where =
    first === undefined
      ? ''
      : channels.size === 1
        ? ` ${names.of(first)}`
        : ` ${channels.size} channels`;
  const { phase, code, key } = payload;
  const word = [phase, code, key].find((one) => typeof one === 'string');
  const count = list === null ? '' : ` ×${list.length}`;
  return `${type}${count}${where}${where === '' && typeof word === 'string' ? ` ${word}` : ''}`;
}

function shown(value: unknown, key: string, hidesContent: boolean): unknown {
  if (hidesContent && written.has(key)) return hidden(value);
  if (Array.isArray(value)) {
    const items = value.slice(0, maxItems).map((item) => shown(item, key, hidesContent));
    const more = value.length - maxItems;
    return more > 0 ? [...items, `… ${more} more`] : items;
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, shown(inner, name, hidesContent)]),
  );
}

function hidden(value: unknown): unknown {
  if (typeof value === 'string') return value === '' ? '' : `[${value.length} characters]`;
  return isObject(value) ? `[${Object.keys(value).length} fields]` : value;
}

/** @internal */
export function payloadOf({ payload }: HudhudAction, hidesContent: boolean): unknown {
  return shown(payload, '', hidesContent);
}
