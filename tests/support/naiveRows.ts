import type { Operation, SendOperation } from '../../src/protocol/operations';
import type { Gap } from '../../src/selectors/gaps';
import type { MessageRow, RowReaction } from '../../src/selectors/row';
import type { MessageRecord } from '../../src/state/messageRecord';
import type { HudhudState } from '../../src/state/rootReducer';
import { tableEntries } from '../../src/state/table';

/**
 * The rules of the overlay, word by word and without a thought for speed: all rows are made each time, by looking through
 * everything.
 */

type Row = { -readonly [K in keyof MessageRow]: MessageRow[K] };

const strongest = ['failed', 'uncertain', 'sending', 'queued', 'acknowledged'] as const;

function viewerOf(state: HudhudState, channelId: string) {
  const { viewer } = state.connection;
  const channel = state.channels.list.find(({ id }) => id === channelId);
  const rolesIn = (scopeId: string | null | undefined) =>
    state.members
      .filter((scope) => scope.scopeId === scopeId)
      .flatMap(({ list }) => list.filter(({ userId }) => userId === viewer?.id))
      .map(({ role }) => role);
  const inChannel = [channel?.userRole, ...rolesIn(channelId)];
  const roles = [viewer?.role, ...rolesIn(channel?.projectId), ...inChannel];
  const role = roles.find((one) => one !== null && one !== undefined) ?? null;
  return { id: viewer?.id ?? null, username: viewer?.username ?? null, role };
}

/** What is pending in a channel, with ids of messages where a send has become one. */
function operationsIn({ outbox }: HudhudState, channelId: string): readonly Operation[] {
  return outbox.channels
    .filter((channel) => channel.channelId === channelId)
    .flatMap(({ operations }) => operations)
    .map((held) => {
      if (held.kind === 'send' || held.kind === 'read') return held;
      const alias = outbox.aliases.find(({ clientId }) => clientId === held.target);
      return alias === undefined ? held : { ...held, target: alias.messageId };
    });
}

function plainRow(state: HudhudState, viewerId: string | null, record: MessageRecord): Row {
  const alias = state.outbox.aliases.find(({ messageId }) => messageId === record.id);
  const { id, channelId, parentId, type, content, files, metadata, fromAgent, createdAt } = record;
  const { isEdited, editedAt, isDeleted, deletedAt, threadCount, userId } = record;
  const isMine = (reaction: MessageRecord['reactions'][number]): boolean =>
    reaction.mine === true || reaction.users.some((user) => user.userId === viewerId);
  return {
    ...{ key: alias?.clientId ?? id, id, clientId: alias?.clientId ?? null, channelId, parentId },
    ...{ type, content, files, metadata, fromAgent, createdAt, threadCount },
    ...{ isEdited, editedAt, isDeleted, deletedAt, status: 'confirmed', pending: null },
    isCached: record.isCached === true,
    ...{ authorId: userId, author: null, isOwn: userId !== null && userId === viewerId },
    reactions: record.reactions.map((reaction) => {
      const { emoji, count, users } = reaction;
      return { emoji, count, users, isMine: isMine(reaction), isPending: false };
    }),
    ...{ uploads: [], canEdit: false, canDelete: false, canReact: false, canReply: false },
    ...{ startsDay: false, isGrouped: false, gapBefore: null, isFirstUnread: false },
  };
}

function newRow(state: HudhudState, viewerId: string | null, send: SendOperation): Row {
  const { opId, channelId, parentId, messageType: type, content, at } = send;
  const uploads = send.uploadIds.flatMap((id) =>
    state.outbox.uploads.filter(({ uploadId }) => uploadId === id),
  );
  return {
    ...{ key: opId, id: null, clientId: opId, channelId, parentId, type, content, createdAt: at },
    ...{ files: [], metadata: {}, fromAgent: null, threadCount: 0, reactions: [] },
    ...{ isEdited: false, editedAt: null, isDeleted: false, deletedAt: null },
    ...{ authorId: send.authorId ?? viewerId, author: null, isOwn: true },
    ...{ status: 'confirmed', pending: null, isCached: false },
    uploads: uploads.map(({ channelId: _, file: __, ...shown }) => shown),
    ...{ canEdit: false, canDelete: false, canReact: false, canReply: false },
    ...{ startsDay: false, isGrouped: false, gapBefore: null, isFirstUnread: false },
  };
}

function react(
  reactions: readonly RowReaction[],
  operation: Operation & { readonly kind: 'react' },
  viewer: { readonly id: string | null; readonly username: string | null },
): readonly RowReaction[] {
  const { emoji, on, at } = operation;
  const userId = operation.userId ?? viewer.id;
  const none = { emoji, count: 0, users: [], isMine: false, isPending: true };
  const all = reactions.some((one) => one.emoji === emoji) ? reactions : [...reactions, none];
  const me = userId === null ? [] : [{ userId, username: viewer.username, at }];
  return all
    .map((one) => {
      if (one.emoji !== emoji) return one;
      if (one.isMine === on) return { ...one, isPending: true };
      const users = on ? [...one.users, ...me] : one.users.filter((u) => u.userId !== userId);
      return { ...one, count: one.count + (on ? 1 : -1), users, isMine: on, isPending: true };
    })
    .filter(({ count }) => count > 0);
}

function apply(
  row: Row,
  send: SendOperation | undefined,
  operations: readonly Operation[],
  viewer: { readonly id: string | null; readonly username: string | null },
): void {
  for (const held of operations) {
    if (row.isDeleted) break;
    if (held.kind === 'edit') Object.assign(row, { content: held.content, isEdited: true });
    if (held.kind === 'react') row.reactions = react(row.reactions, held, viewer);
    if (held.kind === 'delete' && held.status !== 'failed') {
      Object.assign(row, { isDeleted: true, content: '', isEdited: false, editedAt: null });
      Object.assign(row, { reactions: [], files: [], metadata: {}, uploads: [] });
    }
  }
  const all = send === undefined ? operations : [send, ...operations];
  const coming = all.find(({ kind, status }) => kind === 'delete' && status !== 'failed');
  const [worst] = strongest.flatMap((status) => all.filter((held) => held.status === status));
  const shown = coming ?? worst;
  if (shown === undefined) return;
  const { opId, kind, status, code, notBefore } = shown;
  Object.assign(row, { status, pending: { opId, kind, status, code, notBefore } });
  if (send !== undefined) Object.assign(row, { key: send.opId, clientId: send.opId });
}

/** Puts rows in relation to the ones before them. */
function stand(rows: readonly Row[], gaps: readonly Gap[], heldCount: number, day: number): void {
  const dayOf = (at: number): number => Math.floor(at / day);
  rows.forEach((row, i) => {
    const before = rows[i - 1];
    const from = before?.createdAt ?? -Infinity;
    const to = i < heldCount ? row.createdAt : Infinity;
    const near = i > heldCount ? [] : gaps.filter((gap) => gap.before > from && gap.before <= to);
    row.gapBefore = near.at(-1) ?? null;
    row.startsDay = before === undefined || dayOf(before.createdAt) !== dayOf(row.createdAt);
    row.isGrouped =
      before !== undefined &&
      [
        ...[!row.startsDay, row.gapBefore === null, !row.isFirstUnread, row.authorId !== null],
        ...[row.authorId === before.authorId, row.fromAgent === before.fromAgent],
        Math.abs(row.createdAt - before.createdAt) < 300_000,
        ...[before.threadCount === 0, !before.isDeleted, !row.isDeleted],
        ...[before.type !== 'system', row.type !== 'system'],
      ].every(Boolean);
  });
}

export interface NaiveOptions {
  /** Length of a day. */
  readonly day: number;
  readonly gaps: readonly Gap[];
  readonly firstUnreadId: string | null;
}

/** What a timeline shows. */
export function naiveRows(
  state: HudhudState,
  channelId: string,
  parentId: string | null,
  { day, gaps, firstUnreadId }: NaiveOptions,
): readonly MessageRow[] {
  const viewer = viewerOf(state, channelId);
  const operations = operationsIn(state, channelId);
  const held = state.messages.channels
    .filter((log) => log.channelId === channelId)
    .flatMap(({ timelines }) => timelines.filter((one) => one.parentId === parentId))
    .flatMap(({ segments }) => segments.flat())
    .filter(({ isDeleted, threadCount }) => !isDeleted || threadCount > 0);
  const sends = operations.flatMap((one) =>
    one.kind === 'send' && one.parentId === parentId ? [one] : [],
  );
  const claims = sends.flatMap((send) => {
    const [candidate] = send.candidates;
    const isOut = send.status === 'sending' || send.status === 'uncertain';
    return isOut && held.some(({ id }) => id === candidate) ? [{ send, candidate }] : [];
  });
  const shadows = claims.filter(
    ({ candidate }, i) => claims.findIndex((one) => one.candidate === candidate) === i,
  );
  const rows = held.map((record) => {
    const row = plainRow(state, viewer.id, record);
    const send = shadows.find(({ candidate }) => candidate === record.id)?.send;
    const isOfIt = (one: Operation): boolean =>
      one.kind !== 'send' &&
      one.kind !== 'read' &&
      (one.target === record.id || one.target === send?.opId);
    apply(row, send, operations.filter(isOfIt), viewer);
    row.isFirstUnread = record.id === firstUnreadId;
    return row;
  });
  const added = sends
    .filter((send) => !shadows.some((one) => one.send === send))
    .map((send) => {
      const row = newRow(state, viewer.id, send);
      const isOfIt = (one: Operation): boolean =>
        one.kind !== 'send' && one.kind !== 'read' && one.target === send.opId;
      apply(row, send, operations.filter(isOfIt), viewer);
      return row;
    });
  const all = [...rows, ...added];
  const users = tableEntries(state.users);
  for (const row of all) {
    row.author = users.find(({ id }) => id === row.authorId) ?? null;
    const mayTouch = viewer.id !== null && !row.isDeleted;
    const isMod = viewer.role === 'admin' || viewer.role === 'moderator';
    const isOwn = row.authorId === viewer.id;
    row.canEdit = mayTouch && isOwn && row.type !== 'system';
    row.canDelete = mayTouch && (isOwn || isMod) && row.type !== 'system';
    row.canReact = mayTouch && row.id !== null;
    row.canReply = mayTouch && row.id !== null && row.parentId === null;
  }
  stand(all, gaps, rows.length, day);
  return all;
}
