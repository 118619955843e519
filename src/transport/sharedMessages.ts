import type { EventBatch } from '../protocol/batch';
import type { ConnectionSnapshot } from '../protocol/connectionSnapshot';
import { isRaw } from '../protocol/raw';
import type { InitEvent } from '../protocol/serverEvents';

/**
 * What tabs that share a stream say to each other. Tabs of another version use another channel: what comes is of this one.
 */

/** @internal */
export const sharedVersion = 1;

/**
 * Every word of the tab that leads: `term` grows with each new one and is no other tab's, `seq` grows with each word that
 * may not be missed.
 */
interface OfLeader {
  readonly term: number;
  readonly seq: number;
}

/** @internal */
export type SharedMessage =
  /** Where the stream is, for whoever has just come or has missed something. */
  | (OfLeader & {
      readonly type: 'lead';
      readonly snapshot: ConnectionSnapshot;
      readonly isVisible: boolean;
      /** What the stream said of itself as it opened. */
      readonly init: InitEvent | null;
      readonly lastEventId: string | null;
    })
  | (OfLeader & {
      readonly type: 'state';
      readonly snapshot: ConnectionSnapshot;
      readonly isVisible: boolean;
    })
  | (OfLeader & { readonly type: 'batch'; readonly batch: EventBatch })
  /** It lives. */
  | (OfLeader & { readonly type: 'pong' })
  /** It has closed its stream for another tab, which takes over. */
  | (OfLeader & { readonly type: 'yield'; readonly to: string })
  /** A tab has come, or has missed something. */
  | { readonly type: 'hello' }
  | { readonly type: 'ping' }
  /** A tab leads with a term below one that is known here: what it tells is not taken. */
  | { readonly type: 'outdated'; readonly newest: number }
  /** Somebody wants a try now. */
  | { readonly type: 'retry' }
  /** A request found out that the session is over, which is everybody's. */
  | { readonly type: 'authLost' }
  /** A tab that is seen would rather lead than one that is hidden. */
  | { readonly type: 'claim'; readonly tab: string };

const types: ReadonlySet<unknown> = new Set<SharedMessage['type']>([
  'lead',
  'state',
  'batch',
  'pong',
  'yield',
  'hello',
  'ping',
  'outdated',
  'retry',
  'authLost',
  'claim',
]);

/** @internal */
export function readShared(message: unknown): SharedMessage | null {
  // of this version, and so of this shape
  return isRaw(message) && types.has(message['type']) ? (message as SharedMessage) : null;
}
