import type { SeedSize } from '../config.ts';
import type { Sql } from '../db/db.ts';
import { first } from '../db/db.ts';
import { hashPassword } from '../services/passwords.ts';
import { slugOf } from '../services/slug.ts';
import { channelList, project } from './channelList.ts';
import type { Amounts, Conversation, Room } from './conversation.ts';
import { makeConversation } from './conversation.ts';
import { insertRows } from './insertRows.ts';
import type { SeedPerson } from './people.ts';
import { people } from './people.ts';
import type { Random } from './random.ts';
import { makeRandom } from './random.ts';
import { makeWriter } from './text.ts';

/** Everyone's password, printed in the documentation: these accounts protect nothing. */
const password = 'hudhud-demo';

const amounts: Readonly<Record<'small' | 'full', Amounts & { readonly people: number }>> = {
  small: { people: 6, messages: 60, threads: 3 },
  full: { people: 24, messages: 5000, threads: 120 },
};

function makeRooms(random: Random, team: readonly SeedPerson[], small: boolean): Room[] {
  return channelList
    .filter((channel) => !small || channel.inSmallSeed)
    .map((channel) => {
      // the admin and the two moderators are everywhere, the fourth never in a private channel
      const members = team.filter(
        (person, at) =>
          at < 3 || (random.chance(channel.joined) && !(channel.isPrivate && at === 3)),
      );
      return { channel, members };
    });
}

async function writePeople(sql: Sql, team: readonly SeedPerson[], born: string): Promise<void> {
  // one salt for all: everybody knows that they are the same
  const password_hash = await hashPassword(password);
  const users = team.map((person) => ({
    user_id: person.userId,
    email: `${person.username}@hudhud.example`,
    username: person.username,
    full_name: person.fullName,
    role: person.role,
    status: 'active',
    password_hash,
    created_at: born,
    updated_at: born,
  }));
  await insertRows(
    sql,
    'users',
    [
      'user_id',
      'email',
      'username',
      'full_name',
      'role',
      'status',
      'password_hash',
      'created_at',
      'updated_at',
    ],
    users,
  );
}

async function writePlaces(
  sql: Sql,
  team: readonly SeedPerson[],
  rooms: readonly Room[],
  born: number,
): Promise<void> {
  const [owner] = team;
  if (owner === undefined) throw new Error('The seed has no people.');
  const at = (minutes: number) => new Date(born + minutes * 60_000).toISOString();
  await sql.query(
    `insert into projects (project_id, name, description, slug, color, owner_id, created_by,
       created_at, updated_at) values ($1, $2, $3, $4, $5, $6, $6, $7, $7)`,
    [
      project.projectId,
      project.name,
      project.description,
      project.slug,
      project.color,
      owner.userId,
      at(0),
    ],
  );
  await insertRows(
    sql,
    'project_members',
    ['project_id', 'user_id', 'role', 'joined_at', 'invited_by'],
    team.map((person, place) => ({
      project_id: project.projectId,
      user_id: person.userId,
      role: person.role,
      joined_at: at(place),
      invited_by: person === owner ? null : owner.userId,
    })),
  );
  await insertRows(
    sql,
    'channels',
    [
      'channel_id',
      'project_id',
      'name',
      'slug',
      'description',
      'is_private',
      'owner_id',
      'created_by',
      'metadata',
      'last_write_at',
      'created_at',
      'updated_at',
    ],
    rooms.map(({ channel }, place) => ({
      channel_id: channel.channelId,
      project_id: project.projectId,
      name: channel.name,
      slug: slugOf(channel.name),
      description: channel.description,
      is_private: channel.isPrivate,
      owner_id: owner.userId,
      created_by: owner.userId,
      metadata: {},
      last_write_at: at(place),
      created_at: at(place),
      updated_at: at(place),
    })),
  );
}

/** Everyone has read nearly all of a channel. */
async function writeMembers(
  sql: Sql,
  random: Random,
  rooms: readonly Room[],
  { messages }: Conversation,
  born: string,
): Promise<void> {
  for (const { channel, members } of rooms) {
    const times = messages
      .filter((one) => one.channel_id === channel.channelId && one.parent_message_id === null)
      .map((one) => one.created_at)
      .sort();
    await insertRows(
      sql,
      'channel_members',
      ['channel_id', 'user_id', 'role', 'joined_at', 'read_at'],
      members.map((person, at) => ({
        channel_id: channel.channelId,
        user_id: person.userId,
        role: at === 0 ? 'admin' : 'member',
        joined_at: born,
        read_at: times.at(-random.between(1, 7)) ?? born,
      })),
    );
  }
}

async function writeConversation(sql: Sql, { messages, reactions }: Conversation): Promise<void> {
  await insertRows(
    sql,
    'messages',
    [
      'message_id',
      'channel_id',
      'user_id',
      'parent_message_id',
      'content',
      'type',
      'from_agent',
      'metadata',
      'created_at',
      'thread_count',
      'edited_at',
      'deleted_at',
    ],
    messages,
  );
  await insertRows(
    sql,
    'message_reactions',
    ['message_id', 'user_id', 'emoji', 'created_at'],
    reactions,
  );
  await sql.query(`
    update channels c set
      last_write_at = (select max(m.created_at) from messages m where m.channel_id = c.channel_id),
      last_message_id = (select m.message_id from messages m
        where m.channel_id = c.channel_id and m.parent_message_id is null and m.deleted_at is null
        order by m.created_at desc, m.message_id desc limit 1)
    where exists (select 1 from messages m where m.channel_id = c.channel_id)`);
}

/**
 * Fills an empty database, in the transaction of the caller: a start that is cut short leaves it empty for the next
 * one. Ids and people never change; times lie before `now`, and the same `now` gives the same conversation.
 */
export async function seedIfEmpty(sql: Sql, size: SeedSize, now: Date): Promise<void> {
  if (size === 'none') return;
  if ((await first(sql, `select 1 from users limit 1`)) !== undefined) return;
  const team = people.slice(0, amounts[size].people);
  const random = makeRandom(8891);
  const rooms = makeRooms(random, team, size === 'small');
  const writer = makeWriter(random, team);
  const conversation = makeConversation(random, writer, rooms, now.getTime(), amounts[size]);
  const born = now.getTime() - 61 * 24 * 60 * 60_000;
  const bornAt = new Date(born).toISOString();
  await writePeople(sql, team, bornAt);
  await writePlaces(sql, team, rooms, born);
  await writeConversation(sql, conversation);
  await writeMembers(sql, random, rooms, conversation, bornAt);
}
