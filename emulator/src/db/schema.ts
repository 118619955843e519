import { randomBytes } from 'node:crypto';
import type { Db, Sql } from './db.ts';
import { first } from './db.ts';

/**
 * Times keep Postgres' microseconds: two messages may print the same millisecond and still have an order.
 * `channels.last_write_at` is the newest time given to any message of the channel; the next one is later (see
 * services/messages.ts), so a reader that asks "after" never misses a row that was committed late.
 */
export const tables = `
create table if not exists settings (key text primary key, value text not null);

create table if not exists users (
  user_id uuid primary key,
  email text not null,
  username text not null,
  password_hash text not null,
  full_name text,
  avatar_url text,
  bio text,
  role text not null default 'member',
  status text not null default 'active',
  last_seen timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp()
);
create unique index if not exists users_email on users (lower(email));
create unique index if not exists users_username on users (lower(username));

create table if not exists refresh_tokens (
  token_hash text primary key,
  user_id uuid not null references users on delete cascade,
  expires_at timestamptz not null
);

create table if not exists projects (
  project_id uuid primary key,
  name text not null,
  description text,
  slug text not null unique,
  color text not null,
  avatar_url text,
  owner_id uuid references users,
  created_by uuid references users,
  is_active boolean not null default true,
  metadata jsonb not null default '{}',
  settings jsonb not null default '{}',
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp()
);

create table if not exists project_members (
  project_id uuid not null references projects on delete cascade,
  user_id uuid not null references users on delete cascade,
  role text not null default 'member',
  joined_at timestamptz not null default clock_timestamp(),
  invited_by uuid references users,
  primary key (project_id, user_id)
);
create index if not exists project_members_user on project_members (user_id);

create table if not exists channels (
  channel_id uuid primary key,
  project_id uuid not null references projects on delete cascade,
  name text not null,
  slug text not null,
  description text,
  is_private boolean not null default false,
  owner_id uuid references users,
  created_by uuid references users,
  metadata jsonb not null default '{}',
  last_message_id uuid,
  last_write_at timestamptz not null default 'epoch',
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  unique (project_id, slug)
);
create unique index if not exists channels_name on channels (project_id, lower(name));

create table if not exists channel_members (
  channel_id uuid not null references channels on delete cascade,
  user_id uuid not null references users on delete cascade,
  role text not null default 'member',
  joined_at timestamptz not null default clock_timestamp(),
  read_at timestamptz not null default clock_timestamp(),
  primary key (channel_id, user_id)
);
create index if not exists channel_members_user on channel_members (user_id);

create table if not exists messages (
  message_id uuid primary key,
  channel_id uuid not null references channels on delete cascade,
  user_id uuid not null references users,
  parent_message_id uuid references messages on delete cascade,
  content text not null,
  type text not null default 'text',
  metadata jsonb not null default '{}',
  from_agent text,
  thread_count integer not null default 0,
  created_at timestamptz not null,
  edited_at timestamptz,
  deleted_at timestamptz
);
create index if not exists messages_page on messages (channel_id, created_at, message_id)
  where parent_message_id is null;
create index if not exists messages_thread on messages (parent_message_id, created_at, message_id);

create table if not exists files (
  file_id uuid primary key,
  user_id uuid not null references users on delete cascade,
  name text not null,
  mimetype text not null,
  size integer not null,
  bytes bytea not null,
  created_at timestamptz not null default clock_timestamp()
);

create table if not exists message_files (
  message_id uuid not null references messages on delete cascade,
  file_id uuid not null references files on delete cascade,
  place integer not null,
  primary key (message_id, file_id)
);

-- the key is written before its message, so that a second one waits for the first
create table if not exists message_keys (
  user_id uuid not null references users on delete cascade,
  key text not null,
  message_id uuid not null references messages on delete cascade deferrable initially deferred,
  primary key (user_id, key)
);

create table if not exists message_reactions (
  message_id uuid not null references messages on delete cascade,
  user_id uuid not null references users on delete cascade,
  emoji text not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (message_id, user_id, emoji)
);

-- One row. It is locked from a frame's number to its commit, so that the numbers grow without holes in the order in
-- which they can be read. So many are kept.
create table if not exists frame_count (
  is_only boolean primary key default true check (is_only),
  newest bigint not null,
  kept integer not null default 2000
);
insert into frame_count (newest) values (0) on conflict do nothing;

-- What the streams tell; the newest ones only. Without readers it is for everyone.
create table if not exists frames (
  number bigint primary key,
  frame text not null,
  channel_id uuid,
  readers uuid[],
  made_at timestamptz not null default clock_timestamp()
);

-- Who has a stream on which process. A process that lives holds the lock of its number.
create sequence if not exists process_numbers as integer cycle;
create table if not exists presence (
  process_number integer not null,
  user_id uuid not null references users on delete cascade,
  primary key (process_number, user_id)
);
create index if not exists presence_user on presence (user_id);

create table if not exists chosen_statuses (
  user_id uuid primary key references users on delete cascade,
  status text not null
);
`;

/** Values that are made once and live with the data. */
export interface Settings {
  /** Signs access tokens, which so survive a restart and are good at every process. */
  readonly tokenKey: Uint8Array;
  /** Names this database's frames: an id of another one must not be taken for one of this. */
  readonly logName: string;
}

async function setting(sql: Sql, key: string, made: string): Promise<string> {
  await sql.query(`insert into settings (key, value) values ($1, $2) on conflict do nothing`, [
    key,
    made,
  ]);
  const row = await first<{ value: string }>(sql, `select value from settings where key = $1`, [
    key,
  ]);
  if (row === undefined) throw new Error(`The settings table lost its ${key}.`);
  return row.value;
}

/** Processes that start together prepare the database one after the other. */
const preparing = 889_100;

/** Creates what is missing, and fills what is empty by `seed`. */
export async function prepareDatabase(
  db: Db,
  keptFrames: number,
  seed: (sql: Sql) => Promise<void>,
): Promise<Settings> {
  return db.tx(async (sql) => {
    await sql.query(`select pg_advisory_xact_lock($1)`, [preparing]);
    await sql.exec(tables);
    const tokenKey = await setting(sql, 'jwt_key', randomBytes(32).toString('base64'));
    const logName = await setting(sql, 'log_name', randomBytes(4).toString('hex'));
    await sql.query(`update frame_count set kept = $1`, [keptFrames]);
    await seed(sql);
    return { tokenKey: Buffer.from(tokenKey, 'base64'), logName };
  });
}
