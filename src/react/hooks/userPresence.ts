import type { PresenceStatus } from '../../protocol/models';
import type { PresenceRecord } from '../../state/presence';

/** The guide's `UserPresence`, for components; the state holds plain numbers. @public */
export interface UserPresence {
  readonly userId: string;
  readonly status: PresenceStatus;
  /** `null` when the server never said. */
  readonly lastSeen: Date | null;
  readonly currentChannel?: string;
}

/** @internal */
export function toUserPresence(userId: string, record: PresenceRecord | null): UserPresence {
  const lastSeen = record?.lastSeen ?? null;
  const currentChannel = record?.currentChannel ?? null;
  return {
    userId,
    status: record?.status ?? 'offline',
    lastSeen: lastSeen === null ? null : new Date(lastSeen),
    ...(currentChannel === null ? {} : { currentChannel }),
  };
}
