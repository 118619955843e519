import { randomUUID } from 'node:crypto';
import type { Caller } from '../caller.ts';
import type { Context } from '../context.ts';
import type { Sql } from '../db/db.ts';
import { first } from '../db/db.ts';
import { channelNotFound, conflict, invalid } from '../errors.ts';
import { readersOf } from '../realtime/audience.ts';
import { publish } from '../realtime/publish.ts';
import type { ChannelWire } from '../wire/channel.ts';
import { channelToWire } from '../wire/channel.ts';
import { channelChanged, channelDeleted } from '../wire/frames.ts';
import { mustBeInProject, mustManageChannel, mustUseChannel } from './access.ts';
import { channelRows } from './channelRows.ts';
import { slugOf } from './slug.ts';

export interface NewChannel {
  readonly projectId: string;
  readonly name: string;
  readonly description: string | null;
  readonly isPrivate: boolean;
}

/** The channel as its readers see it. */
async function wireOf(sql: Sql, viewerId: string, channelId: string): Promise<ChannelWire> {
  const [row] = await channelRows(sql, viewerId, { by: 'id', channelId });
  if (row === undefined) throw channelNotFound();
  return channelToWire(row);
}

export async function channelById(
  context: Context,
  caller: Caller,
  channelId: string,
): Promise<ChannelWire> {
  await mustUseChannel(context, caller, channelId);
  return wireOf(context.db, caller.userId, channelId);
}

async function mustBeFree(sql: Sql, projectId: string, name: string, slug: string): Promise<void> {
  const taken = await first(
    sql,
    `select 1 from channels where project_id = $1 and (lower(name) = lower($2) or slug = $3)`,
    [projectId, name, slug],
  );
  if (taken !== undefined) {
    throw conflict('A channel with this name already exists in this project');
  }
}

/** Inserts the channel with its maker as first member; without access check and frame. */
export async function insertChannel(sql: Sql, caller: Caller, input: NewChannel): Promise<string> {
  const slug = slugOf(input.name);
  if (slug === '') throw invalid('name must hold a letter or digit');
  await mustBeFree(sql, input.projectId, input.name, slug);
  const channelId = randomUUID();
  await sql.query(
    `insert into channels
       (channel_id, project_id, name, slug, description, is_private, owner_id, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $7)`,
    [
      channelId,
      input.projectId,
      input.name,
      slug,
      input.description,
      input.isPrivate,
      caller.userId,
    ],
  );
  await sql.query(
    `insert into channel_members (channel_id, user_id, role) values ($1, $2, 'admin')`,
    [channelId, caller.userId],
  );
  return channelId;
}

export async function createChannel(
  context: Context,
  caller: Caller,
  input: NewChannel,
): Promise<ChannelWire> {
  await mustBeInProject(context, caller, input.projectId);
  return context.db.tx(async (sql) => {
    const channelId = await insertChannel(sql, caller, input);
    const channel = await wireOf(sql, caller.userId, channelId);
    const frame = channelChanged('channel_created', channel, caller);
    await publish(sql, { frame, to: { kind: 'channel', channelId } });
    return channel;
  });
}

export interface ChannelChange {
  readonly name: string | undefined;
  readonly description: string | null | undefined;
  readonly isPrivate: boolean | undefined;
}

/** The slug stays: links to a renamed channel keep working. */
export async function changeChannel(
  context: Context,
  caller: Caller,
  channelId: string,
  { name, description, isPrivate }: ChannelChange,
): Promise<ChannelWire> {
  const { project_id: projectId } = await mustManageChannel(context, caller, channelId);
  return context.db.tx(async (sql) => {
    // who could read it until now still hears that it has become private
    const also = await readersOf(sql, channelId);
    const taken = await first(
      sql,
      `select 1 from channels
       where project_id = $1 and channel_id <> $2 and lower(name) = lower($3)`,
      [projectId, channelId, name ?? ''],
    );
    if (taken !== undefined) {
      throw conflict('A channel with this name already exists in this project');
    }
    await sql.query(
      `update channels set updated_at = clock_timestamp(), name = coalesce($2, name),
         description = case when $3 then $4 else description end,
         is_private = coalesce($5, is_private)
       where channel_id = $1`,
      [channelId, name ?? null, description !== undefined, description ?? null, isPrivate ?? null],
    );
    if (isPrivate === true) {
      // or the person who closed the door would stand outside
      await sql.query(
        `insert into channel_members (channel_id, user_id, role) values ($1, $2, 'admin')
         on conflict do nothing`,
        [channelId, caller.userId],
      );
    }
    const channel = await wireOf(sql, caller.userId, channelId);
    const frame = channelChanged('channel_updated', channel, caller);
    await publish(sql, { frame, to: { kind: 'channel', channelId, also } });
    return channel;
  });
}

export async function deleteChannel(
  context: Context,
  caller: Caller,
  channelId: string,
): Promise<void> {
  await mustManageChannel(context, caller, channelId);
  await context.db.tx(async (sql) => {
    const also = await readersOf(sql, channelId);
    await sql.query(`delete from channels where channel_id = $1`, [channelId]);
    const frame = channelDeleted(channelId, caller);
    await publish(sql, { frame, to: { kind: 'channel', channelId, also } });
  });
}
