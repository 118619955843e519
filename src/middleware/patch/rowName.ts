import { isRaw } from '../../protocol/raw';

/** What names a row of the backend; what it belongs to comes after what it is. */
const names = [
  ...['client_id', 'message_id', 'messageId', 'user_id', 'userId'],
  ...['channel_id', 'channelId', 'id'],
];

/**
 * Tells rows of one list apart; `undefined`: nothing names it. Any name that two versions of one row share will do, as
 * what differs is seen by comparing.
 *
 * @internal
 */
export function nameOf(row: unknown): unknown {
  if (!isRaw(row)) return row;
  for (const name of names) if (row[name] != null) return row[name];
  return undefined;
}
