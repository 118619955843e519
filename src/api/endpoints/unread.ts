import type { Build, ReadEndpoint } from './definitions';
import { readAlways } from './definitions';

/** What is unread, as the server counted it. The counts by channel stand in the state. @public */
export interface UnreadResult {
  readonly total: number;
  /** Channels that were counted. */
  readonly channelIds: readonly string[];
}

/** @public */
export interface UnreadEndpoints {
  readonly unread: ReadEndpoint<void, UnreadResult>;
}

/** @internal */
export function unreadEndpoints(build: Build): UnreadEndpoints {
  return {
    unread: readAlways<UnreadResult>(build, async ({ rest, learn }) => {
      const counts = await rest.unread();
      learn({ kind: 'unread', counts });
      return { total: counts.total, channelIds: Object.keys(counts.channels) };
    }),
  };
}
