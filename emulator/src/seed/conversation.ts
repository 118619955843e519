import type { SeedChannel } from './channelList.ts';
import { seedId } from './ids.ts';
import type { SeedPerson } from './people.ts';
import { agentLines, emoji } from './phrases/extras.ts';
import type { Random } from './random.ts';
import type { Burst } from './rhythm.ts';
import { makeBursts } from './rhythm.ts';
import type { Language, Writer } from './text.ts';

interface SeedMessage {
  readonly message_id: string;
  readonly channel_id: string;
  readonly user_id: string;
  readonly parent_message_id: string | null;
  readonly content: string;
  readonly type: 'text' | 'agent';
  readonly from_agent: string | null;
  readonly metadata: object;
  readonly created_at: string;
  readonly thread_count: number;
  readonly edited_at: string | null;
  readonly deleted_at: string | null;
}

interface SeedReaction {
  readonly message_id: string;
  readonly user_id: string;
  readonly emoji: string;
  readonly created_at: string;
}

/** A channel with the people who write in it. */
export interface Room {
  readonly channel: SeedChannel;
  readonly members: readonly SeedPerson[];
}

export interface Conversation {
  readonly messages: readonly SeedMessage[];
  readonly reactions: readonly SeedReaction[];
}

export interface Amounts {
  readonly messages: number;
  readonly threads: number;
}

/** ISO time with microseconds, of which `micro` are the last three digits. */
function stamp(ms: number, micro = 0): string {
  return new Date(ms).toISOString().replace('Z', `${String(micro).padStart(3, '0')}Z`);
}

export function makeConversation(
  random: Random,
  writer: Writer,
  rooms: readonly Room[],
  now: number,
  amounts: Amounts,
): Conversation {
  let made = 0;

  function row(
    room: Room,
    author: SeedPerson,
    content: string,
    time: string,
    change: Partial<SeedMessage> = {},
  ): SeedMessage {
    made += 1;
    return {
      message_id: seedId('message', made),
      channel_id: room.channel.channelId,
      user_id: author.userId,
      parent_message_id: null,
      content,
      type: 'text',
      from_agent: null,
      metadata: {},
      created_at: time,
      thread_count: 0,
      edited_at: null,
      deleted_at: null,
      ...change,
    };
  }

  const languageIn = (room: Room, author: SeedPerson): Language =>
    room.channel.language === 'ar' ? 'ar' : random.chance(0.35) ? author.language : 'en';

  /** Some are edited or deleted a little later, if that is not still to come. */
  function changes(time: number): Partial<SeedMessage> {
    const later = time + random.between(20_000, 600_000);
    if (later > now) return {};
    if (random.chance(0.04)) return { edited_at: stamp(later) };
    return random.chance(0.015) ? { deleted_at: stamp(later) } : {};
  }

  /** Who writes here: in the Arabic channel those who write Arabic. */
  const writersIn = ({ channel, members }: Room): readonly SeedPerson[] =>
    channel.language === 'ar' ? members.filter((one) => one.language === 'ar') : members;

  function talk(burst: Burst, room: Room): SeedMessage[] {
    const authors = random.some(writersIn(room), random.between(2, 5));
    return burst.map((time) => {
      const author = random.pick(authors);
      const content = writer.message(languageIn(room, author));
      return row(room, author, content, stamp(time, random.between(0, 999)), changes(time));
    });
  }

  /** A report of a program: its lines share one millisecond, which ordering and paging must bear. */
  function agentReport(): SeedMessage[] {
    const room = rooms.find(({ channel }) => channel.name === 'engineering');
    const [author] = room?.members ?? [];
    if (room === undefined || author === undefined) return [];
    const time = now - 50 * 60_000;
    const change = { type: 'agent', from_agent: 'nightly' } as const;
    return agentLines.map((line, at) => row(room, author, line, stamp(time, at * 100), change));
  }

  function repliesTo(head: SeedMessage, room: Room, most: number): SeedMessage[] {
    const length = Math.min(most, random.between(2, 8));
    let time = Date.parse(head.created_at);
    const replies: SeedMessage[] = [];
    while (replies.length < length) {
      time += random.between(10_000, 900_000);
      if (time > now) break;
      const author = random.pick(writersIn(room));
      const content = writer.reply(languageIn(room, author));
      const at = stamp(time, random.between(0, 999));
      replies.push(row(room, author, content, at, { parent_message_id: head.message_id }));
    }
    return replies;
  }

  function reactionsTo(message: SeedMessage, room: Room): SeedReaction[] {
    const chosen = random.some(emoji, random.chance(0.25) ? 2 : 1);
    return chosen.flatMap((one) =>
      random.some(room.members, random.between(1, 4)).map((person, at) => ({
        message_id: message.message_id,
        user_id: person.userId,
        emoji: one,
        created_at: stamp(Math.min(now, Date.parse(message.created_at) + 9_000 * (at + 1))),
      })),
    );
  }

  /** Every room gets one of the first talks, so that none is empty; the newest goes to the first room. */
  const talks = (total: number): SeedMessage[] =>
    makeBursts(random, now, total).flatMap((burst, at) =>
      talk(burst, rooms[at] ?? random.weighted(rooms, ({ channel }) => channel.weight)),
    );

  const roomOf = new Map(rooms.map((room) => [room.channel.channelId, room]));
  const report = agentReport();
  let repliesLeft = amounts.threads * 5;
  const top = talks(amounts.messages - repliesLeft - report.length);
  const threads = new Map<string, SeedMessage[]>();
  for (const head of random.some(top, amounts.threads)) {
    const room = roomOf.get(head.channel_id);
    if (room === undefined) continue;
    const replies = repliesTo(head, room, repliesLeft);
    repliesLeft -= replies.length;
    threads.set(head.message_id, replies);
  }
  const filling = repliesLeft > 0 ? talks(repliesLeft) : [];
  const messages = [...top, ...filling, ...report].flatMap((message) => {
    const replies = threads.get(message.message_id) ?? [];
    return [{ ...message, thread_count: replies.length }, ...replies];
  });
  const reactions = messages
    .filter((message) => message.deleted_at === null && random.chance(0.12))
    .flatMap((message) => {
      const room = roomOf.get(message.channel_id);
      return room === undefined ? [] : reactionsTo(message, room);
    });
  return { messages, reactions };
}
