import type { MessageRow } from '../../../src/selectors/row';
import { ids } from '../../support/hudhudAnswers';
import type { ChatWorld, Place } from '../client/chatWorld';
import type { Wished } from '../client/ledger';
import { storedAlive } from '../client/sendWatch';
import type { StoredMessage } from '../server/chatServer';
import { allowedOnServer, leftNoTrace } from './doubt';

/** What must hold once everything has come to its end. */

function fail(law: string): never {
  throw new Error(law);
}

const toMs = (us: number): number => Math.floor(us / 1_000);

function storedRow(message: StoredMessage): string {
  const isDeleted = message.deletedUs !== null;
  const reactions = isDeleted
    ? []
    : [...message.reactions].map(([emoji, users]) => {
        return [emoji, [...users.keys()].sort(), users.has(ids.me)] as const;
      });
  const { id, content, threadCount, userId } = message;
  reactions.sort();
  return JSON.stringify([id, userId, isDeleted ? '' : content, isDeleted, threadCount, reactions]);
}

function shownRow(row: MessageRow): string {
  const reactions = row.reactions.map(({ emoji, users, isMine }) => {
    return [emoji, users.map(({ userId }) => userId).sort(), isMine] as const;
  });
  reactions.sort();
  const { id, authorId, content, isDeleted, threadCount } = row;
  return JSON.stringify([id, authorId, content, isDeleted, threadCount, reactions]);
}

/** The view is the server's database. */
export function checkTimeline(world: Pick<ChatWorld, 'server' | 'rows'>, place: Place): void {
  const stored = world.server.page({
    ...place,
    before: null,
    after: null,
    limit: Infinity,
  }).messages;
  // what is told is cut to ms, and equal ones are told apart by their ids
  stored.sort((a, b) => toMs(a.createdUs) - toMs(b.createdUs) || (a.id < b.id ? -1 : 1));
  const expected = stored.map(storedRow);
  const shown = world.rows(place).map(shownRow);
  const longest = Math.max(expected.length, shown.length);
  for (let i = 0; i < longest; i++) {
    if (expected[i] === shown[i]) continue;
    fail(
      `the view differs from the database: ${shown[i] ?? 'nothing'} for ${expected[i] ?? 'nothing'}`,
    );
  }
}

export function checkView(world: ChatWorld): void {
  for (const place of world.places()) checkTimeline(world, place);
}

/** What is counted never goes back: what happened at any step is seen at the end, and asking at each takes long. */
export function checkCounts({ hudhud }: Pick<ChatWorld, 'hudhud'>, who = 'the client'): void {
  const { handlerErrors, rejections } = hudhud.getStatus().counters;
  if (handlerErrors !== undefined) {
    fail(`a handler of ${who} threw: ${JSON.stringify(handlerErrors)}`);
  }
  if (rejections !== undefined) {
    fail(`the simulated wire is wrong: ${who} rejects ${JSON.stringify(rejections)}`);
  }
}

function checkSend(world: ChatWorld, send: Wished): void {
  const { server, caps } = world;
  const { operation, end, endedBy, riskedRetries, isUnconfirmed, last } = send;
  const { opId } = operation;
  const stored = server.ofNonce(opId);
  const alive = storedAlive(server, opId);
  if (alive > allowedOnServer(world, send)) fail(`${opId} is on the server ${alive} times`);
  if (end === 'settled' && stored.length === 0) {
    // without a nonce an equal message of the same person may have been taken for it
    const alias = world.state().outbox.aliases.find(({ clientId }) => clientId === opId);
    const taken = alias === undefined ? undefined : server.find(alias.messageId);
    const isEqual = taken?.userId === ids.me && taken.channelId === operation.channelId;
    if (send.knewNonces || caps.uncertain === 'ask' || !isEqual) {
      fail(`${opId} was settled by ${endedBy ?? ''} and is not on the server`);
    }
  }
  if (end === 'discarded' && stored.length > 0 && riskedRetries === 0) {
    const wasInDoubt = last.code === 'UNCONFIRMED' || last.attempts > 0;
    if (!wasInDoubt) fail(`${opId} was given up and is on the server`);
  }
  if (end === null && !isUnconfirmed && stored.length > 0 && !caps.isIdempotent) {
    const isKnown = riskedRetries > 0;
    if (!isKnown && !leftNoTrace(world, send))
      fail(`${opId} failed for good (${last.code ?? ''}) and is on the server`);
  }
}

/** Whether what was wished of a message was really done since, here or at another device. */
export function wasDone(
  world: Pick<ChatWorld, 'server'>,
  { operation, last, tick }: Pick<Wished, 'operation' | 'last' | 'tick'>,
): boolean {
  if (last.kind === 'send' || last.kind === 'read') return true;
  const { server } = world;
  const message = server.find(last.target) ?? server.ofNonce(last.target)[0];
  if (message === undefined) return false;
  if (message.deletedUs !== null) return true;
  const changes = world.server.changes.filter((change) => change.message === message);
  if (operation.kind === 'edit') {
    const said = changes.filter(({ what }) => what === 'created' || what === 'edited');
    return said.some(({ content }, i) => {
      const until = said[i + 1]?.tick ?? Infinity;
      return content === operation.content.trim() && until > tick;
    });
  }
  return changes.some(
    (change) =>
      operation.kind === 'react' &&
      // a late word on what another device did cannot be told from the echo of this one
      (change.tick >= tick || change.by.device === 'elsewhere') &&
      change.by.userId === ids.me &&
      change.what === 'reacted' &&
      change.emoji === operation.emoji &&
      change.on === operation.on,
  );
}

const isFailed = (world: ChatWorld, opId: string): boolean =>
  world.ledger.wishes.get(opId)?.last.status === 'failed';

/** Every wish has come to one of its ends, and what is said to be done was done. */
export function checkWishes(world: ChatWorld): void {
  for (const wished of world.ledger.wishes.values()) {
    const { operation, end, last, endedBy } = wished;
    const { opId, kind } = operation;
    const isHeldBack = last.kind !== 'send' && isFailed(world, last.target);
    if (end === null && last.status !== 'failed' && !isHeldBack)
      fail(`${opId} (${kind}) is still ${last.status}`);
    if (kind === 'send') checkSend(world, wished);
    else if (end === 'settled' && !wasDone(world, wished)) {
      fail(`${opId} (${kind}) was settled by ${endedBy ?? ''} and never done`);
    }
  }
}
