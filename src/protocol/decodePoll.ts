import type { StreamFrame } from './decodeFrame';
import { badResponse, fieldOf, listOf, openEnvelope } from './envelope';
import { isRaw } from './raw';
import { toText } from './rows';

/** A frame of a way other than server-sent events. @internal */
export interface PolledFrame extends StreamFrame {
  readonly id: string | null;
}

/** What one long poll brought. @internal */
export interface PollAnswer {
  readonly frames: readonly PolledFrame[];
  /** What the next poll names to go on from here. */
  readonly cursor: string;
  /** Whether nothing lies between the cursor that was named and these frames; `null`: not said. */
  readonly isWhole: boolean | null;
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/**
 * Takes a frame that stands in JSON: the fields of a server-sent event, of which `data` need not be text. What is none
 * becomes one that is refused like any other that cannot be understood.
 *
 * @internal
 */
export function toPolledFrame(row: unknown): PolledFrame {
  const { event, id, data } = isRaw(row) ? row : { event: null, id: null, data: row };
  const text = typeof data === 'string' ? data : toText(data);
  const number = typeof id === 'number' ? String(id) : null;
  return { event: textOf(event), id: textOf(id) ?? number, data: text };
}

/**
 * Decodes the answer to a long poll: `{ events, cursor, continuous? }`.
 *
 * @internal
 */
export function decodePoll(body: unknown): PollAnswer {
  const envelope = openEnvelope(body);
  const cursor = fieldOf(envelope, 'cursor');
  const isText = typeof cursor === 'string' || typeof cursor === 'number';
  if (!isText || cursor === '') throw badResponse('The answer names no cursor.', 'cursor');
  const isWhole = fieldOf(envelope, 'continuous', 'is_continuous');
  return {
    frames: listOf(envelope, 'events').map(toPolledFrame),
    cursor: String(cursor),
    isWhole: typeof isWhole === 'boolean' ? isWhole : null,
  };
}
