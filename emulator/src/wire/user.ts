import type { UserRow } from '../services/users.ts';

/** ISO-8601 with milliseconds and Z, or null. */
export function iso(time: Date | null): string | null {
  return time === null ? null : time.toISOString();
}

/** The auth `User`: camelCase and keyed `id`, unlike everything in chat. */
export function userToWire(row: UserRow) {
  return {
    id: row.user_id,
    email: row.email,
    username: row.username,
    fullName: row.full_name,
    avatarUrl: row.avatar_url,
    role: row.role,
    status: row.status,
    lastSeen: iso(row.last_seen),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
