import type { Operation, SendOperation } from '../../../src/protocol/operations';
import type { MessageRow } from '../../../src/selectors/row';
import type { ChatWorld } from '../client/chatWorld';
import type { Wished } from '../client/ledger';
import { wasTold } from '../client/told';

/** What no client can know of a server that gives no nonce back; it is as narrow as it can be. */

/** Nothing was known of the timeline before it was sent: any message there may be older. */
const isFromNowhere = ({ last }: Wished): boolean => last.kind === 'send' && last.since === null;

/** Another message looked like it before, and stood for it. */
const hadOthers = ({ last }: Wished, id: string): boolean =>
  last.kind === 'send' && last.candidates.some((other) => other !== id);

/** Somebody changed what it would be recognised by, at another device. */
const isChanged = ({ server }: ChatWorld, { last }: Wished): boolean =>
  server.ofNonce(last.opId).some(({ editedUs }) => editedUs !== null);

/** Whether nobody can know which message a send became: then a person sees both, and may have to decide. */
export function isInDoubt(world: ChatWorld, send: Wished): boolean {
  if (send.riskedRetries > 0) return true;
  if (world.caps.returnsNonce) return false;
  return send.isUnconfirmed || isFromNowhere(send) || isChanged(world, send);
}

/** Whether a message stands for another send in doubt that has the same words: nobody can know which of them it is. */
export function standsForAnother(world: ChatWorld, { id, key }: MessageRow, send: Wished): boolean {
  if (world.caps.returnsNonce || id === null || key === send.operation.opId) return false;
  const held = world.operations().find(({ opId }) => opId === key);
  return held?.kind === 'send' && held.candidates.includes(id) && isLike(held, send.last);
}

const isLike = (a: SendOperation, b: Operation): boolean =>
  b.kind === 'send' && a.parentId === b.parentId && a.content.trim() === b.content.trim();

/** How often a send may be on the server: once, and once more for each time a person took the risk. */
export function allowedOnServer(world: ChatWorld, send: Wished): number {
  const { returnsNonce, isIdempotent } = world.caps;
  const isLost = !returnsNonce && !isIdempotent && isChanged(world, send);
  return 1 + send.riskedRetries + (isLost ? 1 : 0);
}

/**
 * Whether all that the server made of a send was deleted elsewhere before a word of it came: no page lists it, and the word
 * on a deletion names no nonce. It counts as not there, and what the next request brings is the truth.
 */
export function leftNoTrace({ server, actions }: ChatWorld, { operation }: Wished): boolean {
  return server
    .ofNonce(operation.opId)
    .every(({ id, deletedUs }) => deletedUs !== null && !wasTold(actions, id));
}

/** Whether a row stood for a send that it turned out not to be, or turned out to be one that nobody could know. */
export function mayChangeKey(world: ChatWorld, id: string, from: string, to: string): boolean {
  const { ledger, server } = world;
  const was = ledger.wishes.get(from);
  if (was !== undefined && (to === id || ledger.wishes.has(to))) {
    return was.end === 'discarded' || server.find(id)?.nonce !== from || isInDoubt(world, was);
  }
  const became = ledger.wishes.get(to);
  if (became === undefined || from !== id) return false;
  return isFromNowhere(became) || isInDoubt(world, became) || hadOthers(became, id);
}

/** Whether a send was taken for an equal message of another device, which may be anything by now. */
export function isMistaken(world: ChatWorld, { last, end, knewNonces }: Wished): boolean {
  if (end !== 'settled' || knewNonces) return false;
  const alias = world.state().outbox.aliases.find(({ clientId }) => clientId === last.opId);
  const taken = alias === undefined ? undefined : world.server.find(alias.messageId);
  return taken !== undefined && taken.nonce !== last.opId;
}
