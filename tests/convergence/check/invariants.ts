import type { MessageRow } from '../../../src/selectors/row';
import { findOperation, operationsOf } from '../../../src/state/outboxState';
import type { ChatWorld, Place } from '../client/chatWorld';
import type { Wished } from '../client/ledger';
import { storedAlive } from '../client/sendWatch';
import { allowedOnServer, isInDoubt, isMistaken, mayChangeKey, standsForAnother } from './doubt';

/** What must hold after every step; throws the law that does not. */

/** What was shown after the step before. */
export interface Shown {
  readonly byId: ReadonlyMap<string, MessageRow>;
  readonly byKey: ReadonlyMap<string, MessageRow>;
}

export const nothingShown: Shown = { byId: new Map(), byKey: new Map() };

function fail(law: string): never {
  throw new Error(law);
}

/** L5: confirmed rows are strictly sorted, rows on their way follow in the order in which they were wished. */
export function checkOrder(
  world: Pick<ChatWorld, 'operations'>,
  rows: readonly MessageRow[],
): void {
  const order = world.operations().map(({ opId }) => opId);
  rows.forEach((row, i) => {
    const before = rows[i - 1];
    if (before === undefined) return;
    if (row.id === null) {
      const isLater = before.id !== null || order.indexOf(before.key) < order.indexOf(row.key);
      if (!isLater) fail(`L5: ${row.key} stands after ${before.key}, which was wished later`);
      return;
    }
    if (before.id === null) fail(`L5: ${row.id} stands after a row on its way`);
    const isSorted =
      before.createdAt < row.createdAt ||
      (before.createdAt === row.createdAt && before.id < row.id);
    if (!isSorted) fail(`L5: ${row.id} stands after ${before.id}`);
  });
}

/** I2: where nothing is wished, what is shown is what is confirmed. */
function checkBare(world: ChatWorld, place: Place, rows: readonly MessageRow[]): void {
  const { hudhud, store } = world;
  const { channelId, parentId } = place;
  if (operationsOf(world.state().outbox, channelId).length > 0) return;
  const root = store.getState();
  const confirmed =
    parentId === null
      ? hudhud.selectors.selectMessages(root, channelId)
      : hudhud.selectors.selectReplies(root, channelId, parentId);
  const said = (row: { id: string | null; content: string; isDeleted: boolean }): string =>
    JSON.stringify([row.id, row.content, row.isDeleted]);
  if (rows.map(said).join() !== confirmed.map(said).join()) {
    fail('I2: with nothing pending, the view is not what is confirmed');
  }
}

function showAll(world: ChatWorld): { readonly shown: Shown; readonly rows: MessageRow[] } {
  const byId = new Map<string, MessageRow>();
  const byKey = new Map<string, MessageRow>();
  const all: MessageRow[] = [];
  for (const place of world.places()) {
    const rows = world.rows(place);
    checkOrder(world, rows);
    checkBare(world, place, rows);
    for (const row of rows) {
      if (byKey.has(row.key)) fail(`I3: two rows with the key ${row.key}`);
      if (row.id !== null && byId.has(row.id)) fail(`I3: two rows of ${row.id}`);
      byKey.set(row.key, row);
      if (row.id !== null) byId.set(row.id, row);
      all.push(row);
    }
  }
  return { shown: { byId, byKey }, rows: all };
}

/** Rows that come from a send, as the server knows it and no client has to. */
function rowsOfSend(world: ChatWorld, rows: readonly MessageRow[], opId: string): MessageRow[] {
  return rows.filter(({ id, clientId }) =>
    id === null ? clientId === opId : world.server.find(id)?.nonce === opId,
  );
}

/** L8, I4, L11: one row per send, from the wish to its end, always with the same key. */
function checkSend(
  world: ChatWorld,
  shown: Shown,
  rows: readonly MessageRow[],
  send: Wished,
): void {
  const { server, ledger } = world;
  const { opId } = send.operation;
  const mine = rowsOfSend(world, rows, opId).filter((row) => !standsForAnother(world, row, send));
  if (mine.length > 1 && !isInDoubt(world, send)) fail(`L8: ${mine.length} rows of ${opId}`);
  if (storedAlive(server, opId) > allowedOnServer(world, send)) fail(`L10: ${opId} was sent twice`);
  if (send.end === 'discarded') return;
  const named = shown.byKey.get(opId);
  const isHeld = findOperation(world.state().outbox, opId) !== undefined;
  const stored = server.ofNonce(opId);
  const isGone = stored.some(({ deletedUs }) => deletedUs !== null);
  if (isHeld && named === undefined) fail(`L11: ${opId} is pending, and no row has its key`);
  if (named !== undefined || isGone || isMistaken(world, send)) return;
  if (mine.length > 0) fail(`L11: the row of ${opId} has another key, ${mine[0]?.key ?? ''}`);
  fail(`I4: ${opId} is not shown (${ledger.wishes.get(opId)?.endedBy ?? ''})`);
}

/** L11: what was shown keeps its key while it is shown. */
function checkKeys(world: ChatWorld, before: Shown, now: Shown): void {
  for (const [id, row] of now.byId) {
    const last = before.byId.get(id);
    if (last === undefined || last.key === row.key) continue;
    if (mayChangeKey(world, id, last.key, row.key)) continue;
    fail(`L11: the key of ${id} changed from ${last.key} to ${row.key}`);
  }
}

/** What is wished of a shown message is shown on it (L7). */
function checkOverlay(world: ChatWorld, shown: Shown): void {
  const lastEdits = new Map<MessageRow, string>();
  for (const held of world.operations()) {
    if (held.kind === 'send' || held.kind === 'read') continue;
    const row = shown.byId.get(held.target) ?? shown.byKey.get(held.target);
    if (row === undefined) continue;
    if (held.kind === 'edit') lastEdits.set(row, held.content);
    const isMeant = held.kind === 'delete' && held.status !== 'failed';
    if (isMeant && !row.isDeleted) fail(`L7: the delete of ${held.target} is not shown`);
  }
  for (const [row, content] of lastEdits) {
    if (!row.isDeleted && row.content !== content) fail(`L7: the edit of ${row.key} is not shown`);
  }
}

/** L10: what is wished of one message leaves one by one. L2: nothing is wished of a message that is gone. */
function checkLanes(world: ChatWorld): void {
  const leaving = new Set<string>();
  for (const held of world.operations()) {
    if (held.kind === 'send' || held.kind === 'read') continue;
    const { channelId, target, status } = held;
    if (status === 'sending' && leaving.has(target)) fail(`L10: two requests about ${target}`);
    if (status === 'sending') leaving.add(target);
    const record = world.hudhud.selectors.selectMessage(world.store.getState(), channelId, target);
    const isTold = record?.isDeleted === true && record.absentAsOf === undefined;
    // a deletion may have been told before the send became that message
    const wished = world.ledger.wishes.get(held.opId)?.operation;
    const isMeant = wished?.kind !== 'send' && wished?.target === target;
    if (isTold && isMeant) fail(`L2: ${held.kind} of ${target} is still wished, which is deleted`);
  }
}

export function checkStep(world: ChatWorld, before: Shown): Shown {
  const { ledger } = world;
  const [violation] = ledger.violations;
  if (violation !== undefined) fail(violation);
  const { shown, rows } = showAll(world);
  for (const send of ledger.sends()) checkSend(world, shown, rows, send);
  checkKeys(world, before, shown);
  checkOverlay(world, shown);
  checkLanes(world);
  return shown;
}
