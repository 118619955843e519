import { iso } from './user.ts';

export interface ProjectRow {
  readonly project_id: string;
  readonly name: string;
  readonly description: string | null;
  readonly created_by: string | null;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly is_active: boolean;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly slug: string;
  readonly owner_id: string | null;
  readonly avatar_url: string | null;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly color: string;
  readonly last_activity: Date | null;
  readonly member_count: number | string;
  readonly channel_count: number | string;
}

/** Its counts are strings, as the real server's are. */
export function projectToWire(row: ProjectRow) {
  return {
    project_id: row.project_id,
    name: row.name,
    description: row.description,
    created_by: row.created_by,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
    is_active: row.is_active,
    metadata: row.metadata,
    slug: row.slug,
    owner_id: row.owner_id,
    avatar_url: row.avatar_url,
    settings: row.settings,
    color: row.color,
    last_activity: iso(row.last_activity),
    member_count: String(row.member_count),
    channel_count: String(row.channel_count),
  };
}

export function lightProjectToWire({ project_id, name, slug, avatar_url, color }: ProjectRow) {
  return { project_id, name, slug, avatar_url, color };
}

export interface MemberRow {
  readonly user_id: string;
  readonly username: string;
  readonly full_name: string | null;
  readonly email: string;
  readonly avatar_url: string | null;
  readonly last_seen: Date | null;
  readonly role: string;
  readonly joined_at: Date;
  readonly invited_by: string | null;
  readonly invited_by_username: string | null;
}

/** An entry of `active_members[]`. */
export function activeMemberToWire(row: MemberRow, status: string) {
  return {
    user_id: row.user_id,
    username: row.username,
    full_name: row.full_name,
    email: row.email,
    avatar_url: row.avatar_url,
    status,
    last_seen: iso(row.last_seen),
    role: row.role,
    joined_at: row.joined_at.toISOString(),
  };
}

/** An entry of a project's member list. */
export function projectMemberToWire(row: MemberRow, status: string) {
  return {
    user_id: row.user_id,
    username: row.username,
    full_name: row.full_name,
    status,
    role: row.role,
    joined_at: row.joined_at.toISOString(),
    invited_by: row.invited_by,
    invited_by_username: row.invited_by_username,
    last_seen: iso(row.last_seen),
  };
}
