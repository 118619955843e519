import type { Caller } from '../caller.ts';

export interface UserRow {
  readonly user_id: string;
  readonly email: string;
  readonly username: string;
  readonly password_hash: string;
  readonly full_name: string | null;
  readonly avatar_url: string | null;
  readonly role: Caller['role'];
  readonly status: string;
  readonly last_seen: Date | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}

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
