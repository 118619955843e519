import type { ScriptedRequest } from '../../src/testing';
import type { HostRow } from './hostApi';
import { frame, ids, messageId, startMs } from './hudhudAnswers';

interface Stored {
  readonly n: number;
  readonly userId: string;
  readonly createdMs: number;
  readonly metadata: Readonly<Record<string, unknown>>;
  content: string;
  editedMs: number | null;
  isDeleted: boolean;
  readonly reactions: Map<string, Set<string>>;
}

/** What the layer sends, as far as it is looked at. */
interface Given {
  readonly content?: string;
  readonly emoji?: string;
  readonly metadata?: Stored['metadata'];
}

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** A channel of a backend: it does what it is asked for, and tells the stream of it in order. */
export class HostBackend {
  /** Frames that the stream has not delivered yet. */
  readonly frames: string[] = [];
  private readonly stored: Stored[] = [];
  private nowMs = startMs;

  /** Ids of what is not deleted, oldest first. */
  alive(userId?: string): readonly string[] {
    const mine = this.stored.filter(
      (one) => !one.isDeleted && (userId ?? one.userId) === one.userId,
    );
    return mine.map(({ n }) => messageId(n));
  }

  create(userId: string, content: string, metadata: Stored['metadata'] = {}): HostRow {
    const n = this.stored.length + 1;
    const createdMs = this.tick();
    const one: Stored = {
      ...{ n, userId, content, metadata, createdMs, editedMs: null, isDeleted: false },
      reactions: new Map(),
    };
    this.stored.push(one);
    this.tell({ action: 'new_message', ...this.rowOf(one) });
    return this.rowOf(one);
  }

  edit(id: string, content: string): HostRow | null {
    const one = this.find(id);
    if (one === undefined) return null;
    one.content = content;
    one.editedMs = this.tick();
    const updated_at = iso(one.editedMs);
    this.tell({ action: 'updated', message_id: id, content, is_edited: true, updated_at });
    return this.rowOf(one);
  }

  remove(id: string): boolean {
    const one = this.find(id);
    if (one === undefined) return false;
    this.tick();
    one.isDeleted = true;
    this.tell({ action: 'deleted', message_id: id });
    return true;
  }

  react(userId: string, id: string, emoji: string, on: boolean): boolean {
    const one = this.find(id);
    if (one === undefined) return false;
    this.tick();
    const users = one.reactions.get(emoji) ?? new Set<string>();
    if (on) users.add(userId);
    else users.delete(userId);
    if (users.size === 0) one.reactions.delete(emoji);
    else one.reactions.set(emoji, users);
    const type = on ? 'reaction_added' : 'reaction_removed';
    const data = { type, message_id: id, channelId: ids.general, user_id: userId, emoji };
    this.frames.push(frame('reaction', data));
    return true;
  }

  /** The newest rows before a moment, oldest first. */
  page(limit: number, before: string | null = null): { messages: HostRow[]; has_more: boolean } {
    const until = before === null ? Infinity : Date.parse(before);
    const rows = this.stored.filter((one) => !one.isDeleted && one.createdMs < until);
    return {
      messages: rows.slice(-limit).map((one) => this.rowOf(one)),
      has_more: rows.length > limit,
    };
  }

  /** Does what a request of the layer asks for; gives back the body of the answer, or `null` for a 404. */
  serve({ method, url, body }: ScriptedRequest): Record<string, unknown> | null {
    const [, , , place, id = '', part, emoji = ''] = new URL(url).pathname.split('/');
    const given = (body === null || body === '' ? {} : JSON.parse(body)) as Given;
    if (place !== 'messages') return null;
    if (method === 'GET') return { success: true, ...this.page(50) };
    if (method === 'POST' && id === '') {
      return {
        success: true,
        message: this.create(ids.me, given.content ?? '', given.metadata),
      };
    }
    if (method === 'PUT') {
      const message = this.edit(id, given.content ?? '');
      return message === null ? null : { success: true, message };
    }
    const isDone =
      part === 'reactions'
        ? this.react(
            ids.me,
            id,
            method === 'POST' ? (given.emoji ?? '') : decodeURIComponent(emoji),
            method === 'POST',
          )
        : this.remove(id);
    return isDone ? { success: true } : null;
  }

  private find(id: string): Stored | undefined {
    return this.stored.find((one) => messageId(one.n) === id && !one.isDeleted);
  }

  private tick(): number {
    this.nowMs += 1_000;
    return this.nowMs;
  }

  private tell(data: object): void {
    this.frames.push(frame('channel_message', { ...data, channelId: ids.general }));
  }

  private rowOf(one: Stored): HostRow {
    return {
      message_id: messageId(one.n),
      channel_id: ids.general,
      user_id: one.userId,
      username: one.userId === ids.me ? 'lina' : 'omar',
      content: one.content,
      type: 'text',
      metadata: one.metadata,
      created_at: iso(one.createdMs),
      edited_at: iso(one.editedMs),
      deleted_at: null,
      thread_count: 0,
      reactions: [...one.reactions].map(([emoji, users]) => ({
        emoji,
        count: users.size,
        users: [...users].map((userId) => ({ userId, username: null, createdAt: null })),
        has_reacted: users.has(ids.me),
      })),
    };
  }
}
