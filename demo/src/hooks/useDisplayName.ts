import type { MessageRow, UserRecord } from '@hudhud/state';
import { useUser } from '@hudhud/state/react';

export function displayName(user: UserRecord | null): string | null {
  return user?.fullName ?? user?.username ?? null;
}

/** The name that people read; `null` while none is known. */
export function useDisplayName(userId: string): string | null {
  return displayName(useUser(userId));
}

/** Who wrote a row; an agent speaks under a name of its own. */
export function authorName({ fromAgent, author }: MessageRow): string | null {
  return fromAgent ?? displayName(author);
}
