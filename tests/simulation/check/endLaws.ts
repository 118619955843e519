import { checkTimeline, wasDone } from '../../convergence/check/endChecks';
import { checkReplay } from '../../convergence/check/replay';
import { storedAlive } from '../../convergence/client/sendWatch';
import type { ChatServer, StoredMessage } from '../../convergence/server/chatServer';
import type { SimTab } from '../browser/simTab';
import type { Simulation } from '../browser/simulation';
import { alive } from '../browser/simulation';
import type { KnownWish } from '../browser/wishLedger';

/** What must hold once everything has come to its end. */

function fail(law: string): never {
  throw new Error(law);
}

/** Every tab shows what the database holds. */
export function checkViews(simulation: Simulation): void {
  const { server } = simulation;
  for (const tab of alive(simulation)) {
    const { rows } = tab;
    for (const place of tab.places()) {
      try {
        checkTimeline({ server, rows }, place);
      } catch (error) {
        throw new Error(`tab ${tab.number}: ${error instanceof Error ? error.message : ''}`, {
          cause: error,
        });
      }
    }
  }
}

/** What a tab says of which what is on screen lacks a message: what a break left out is read again unasked. `null`: none. */
export function notRefilled(simulation: Simulation): string | null {
  const { messages } = simulation.server;
  for (const tab of alive(simulation)) {
    for (const place of tab.places()) {
      const shown = new Set(tab.rows(place).map(({ id }) => id));
      const missing = messages.find(
        ({ id, channelId, parentId, deletedUs }) =>
          deletedUs === null &&
          channelId === place.channelId &&
          parentId === place.parentId &&
          !shown.has(id),
      );
      if (missing !== undefined) return `tab ${tab.number} never heard of ${missing.id}`;
    }
  }
  return null;
}

function targetOf(server: ChatServer, target: string): StoredMessage | undefined {
  return server.find(target) ?? server.ofNonce(target)[0];
}

/** Whether something that was wished later of the same thing took its place. */
function isReplaced({ server, ledger }: Simulation, { operation, tick }: KnownWish): boolean {
  if (operation.kind === 'send' || operation.kind === 'read') return false;
  const message = targetOf(server, operation.target);
  return ledger.all.some(({ operation: other, tick: at, isExcused }) => {
    if (at <= tick || isExcused || other.kind !== operation.kind) return false;
    if (targetOf(server, other.target) !== message) return false;
    return other.kind !== 'react' || operation.kind !== 'react' || other.emoji === operation.emoji;
  });
}

function checkSend({ server }: Simulation, { opId, isExcused, mayBeTwice }: KnownWish): void {
  // one that another device deleted before a word of it came left no trace: it is sent again
  const alive = storedAlive(server, opId);
  if (alive > 1 && !mayBeTwice) fail(`${opId} is on the server ${alive} times`);
  if (server.ofNonce(opId).length === 0 && !isExcused) fail(`${opId} is lost`);
}

function checkWish(simulation: Simulation, wish: KnownWish): void {
  const { operation, tick, opId, isExcused } = wish;
  if (operation.kind === 'send') {
    checkSend(simulation, wish);
    return;
  }
  if (operation.kind === 'read' || isExcused || isReplaced(simulation, wish)) return;
  const message = targetOf(simulation.server, operation.target);
  // what it was wished of was given up
  if (message === undefined) return;
  if (!wasDone(simulation, { operation, last: operation, tick })) {
    fail(`${opId} (${operation.kind}) was never done`);
  }
}

/** L10: sends of a page and channel stand in the order in which they were wished. */
function checkOrder({ server, ledger }: Simulation): void {
  const places = new Map<string, number>();
  for (const { opId, operation, page, mayBeTwice, isMoved } of ledger.all) {
    if (operation.kind !== 'send' || mayBeTwice || isMoved) continue;
    const at = server.messages.findIndex(({ nonce }) => nonce === opId);
    if (at < 0) continue;
    const lane = `${page} ${operation.channelId}`;
    if (at < (places.get(lane) ?? -1)) fail(`L10: ${opId} overtook one that was wished earlier`);
    places.set(lane, at);
  }
}

/** Nothing lost, nothing doubled. */
export function checkWishes(simulation: Simulation): void {
  for (const wish of simulation.ledger.all) checkWish(simulation, wish);
  checkOrder(simulation);
}

/** What is done is not on disk any more. */
export function checkDisk({ origin, ledger }: Simulation): void {
  for (const [space, entries] of origin.disk) {
    for (const [key, value] of entries) {
      if (!key.startsWith('outbox')) continue;
      const text = JSON.stringify(value);
      const left = ledger.all.find(({ opId }) => text.includes(opId));
      if (left !== undefined) fail(`${left.opId} is still on disk, in ${key} of ${space}`);
    }
  }
}

/** L13, L19. */
export function checkReplays(tabs: readonly SimTab[]): void {
  for (const tab of tabs) checkReplay(tab);
}
