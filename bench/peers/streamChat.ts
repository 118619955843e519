import type * as Sdk from 'stream-chat';
import type { Channel, Event, MessageResponse, StreamChat, UserResponse } from 'stream-chat';
import type { MessageFact } from '../../src/protocol/models';
import type { Peer, PeerStore } from '../peer';
import type { BenchEvent } from '../workloads';

let sdk: typeof Sdk | null = null;

const iso = (at: number | undefined): string => new Date(at ?? 0).toISOString();
const userOf = (id: string, name?: string | null) => ({ id, name: name ?? id });

/** A message as their back end sends it; never without its author. */
type Row = MessageResponse & { readonly user: UserResponse };

function wireMessage(fact: MessageFact, cid: string): Row {
  const at = iso(fact.createdAt);
  return {
    ...{ id: fact.id, cid, type: 'regular', text: fact.content ?? '', html: '' },
    ...{ attachments: [], latest_reactions: [], own_reactions: [], mentioned_users: [] },
    ...{ reaction_counts: {}, reaction_scores: {}, reaction_groups: {}, reply_count: 0 },
    ...{ user: userOf(fact.userId ?? '', fact.username), created_at: at, updated_at: at },
  };
}

/** A client that is signed in and never connected. */
function createClient(): StreamChat {
  if (sdk === null) throw new Error('load() has to be awaited first');
  const client = new sdk.StreamChat('bench');
  client._setUser({ id: 'viewer' });
  // else it says that nobody is connected
  client.wsPromise = Promise.resolve(undefined);
  return client;
}

/**
 * @param rows - Messages by id, for the events that in their protocol carry the whole message again.
 */
function toEvent(event: BenchEvent, cid: string, rows: ReadonlyMap<string, Row>): Event | null {
  if (event.type === 'presence') {
    const user = { ...userOf(event.userId), online: event.status !== 'offline' };
    return { type: 'user.presence.changed', user, created_at: iso(0) };
  }
  if (event.type === 'reaction') {
    const message = rows.get(event.messageId);
    if (message === undefined) return null;
    const { emoji: type, userId: user_id, op } = event;
    const user = userOf(user_id);
    const at = { created_at: iso(0), updated_at: iso(0) };
    const reaction = { type, user_id, user, message_id: message.id, ...at };
    const reaction_groups = { [type]: { count: 1, sum_scores: 1 } };
    const word = op === 'add' ? 'reaction.new' : 'reaction.deleted';
    return { type: word, cid, user, reaction, message: { ...message, reaction_groups } };
  }
  const { message: fact, op } = event;
  if (op === 'create') {
    const message = wireMessage(fact, cid);
    return { type: 'message.new', cid, user: message.user, message, created_at: iso(0) };
  }
  const message = rows.get(fact.id);
  if (message === undefined) return null;
  const { user } = message;
  if (op === 'delete') {
    const deleted: Row = { ...message, type: 'deleted', deleted_at: iso(1) };
    return { type: 'message.deleted', cid, user, message: deleted };
  }
  const edited = { ...message, text: fact.content ?? '', updated_at: iso(fact.editedAt ?? 0) };
  return { type: 'message.updated', cid, user, message: edited };
}

/**
 * The channel state of Stream's client, without a network: pages as `channel.query` puts them in, events through
 * `client.dispatchEvent`.
 *
 * @param keepsRows - `false` where only new messages come: then nothing is held beside the state.
 */
export function createStreamChatStore(keepsRows = true): PeerStore {
  const client = createClient();
  const channels = new Map<string, Channel>();
  const rows = new Map<string, Row>();
  const channelOf = (channelId: string): Channel => {
    let channel = channels.get(channelId);
    if (channel === undefined) {
      channel = client.channel('messaging', channelId);
      channels.set(channelId, channel);
    }
    return channel;
  };
  const keep = (message: Row) => {
    if (keepsRows) rows.set(message.id, message);
  };
  return {
    page(channelId, facts) {
      const channel = channelOf(channelId);
      const messages = facts.map((fact) => wireMessage(fact, channel.cid));
      messages.forEach(keep);
      channel.state.addMessagesSorted(messages);
    },
    frame(events) {
      for (const event of events) {
        const channelId = channelIdOf(event);
        const cid = channelId === null ? '' : channelOf(channelId).cid;
        const wire = toEvent(event, cid, rows);
        if (wire === null) continue;
        if (wire.type === 'message.new') keep(wire.message as Row);
        client.dispatchEvent(wire);
      }
    },
    read: (channelId) => channelOf(channelId).state.messages,
    subscribe(onChange) {
      client.on(onChange);
    },
  };
}

function channelIdOf(event: BenchEvent): string | null {
  if (event.type === 'presence') return null;
  return (event.type === 'reaction' ? event.channelId : event.message.channelId) ?? null;
}

export const streamChatPeer: Peer = {
  name: 'stream-chat',
  async load() {
    sdk = await import('stream-chat');
  },
  create: () => createStreamChatStore(),
};
