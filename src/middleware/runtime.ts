import type { Dispatch, UnknownAction } from '@reduxjs/toolkit';
import type { RestClient } from '../api/rest';
import type { HudhudFlags } from '../flags';
import type { Counters } from '../platform/counters';
import type { Platform } from '../platform/platform';
import type { KeyValueStorage } from '../platform/storage';
import type { MessageFact } from '../protocol/models';
import type { HudhudSelectors } from '../selectors/createSelectors';
import type { HudhudRootState } from '../selectors/root';
import type { HudhudState } from '../state/rootReducer';
import type { ConnectionTuning } from '../transport/connectionOptions';
import type { SourceUrls } from '../transport/createSources';
import type { BudgetUse, RateBudget } from '../transport/rateBudget';
import type { Session } from '../transport/session';
import type { Surroundings } from '../transport/surroundings';
import type { UploadClient } from '../transport/uploadClient';
import type { Emitter } from './emitter';
import type { Meter } from './meter';
import type { Ordinals } from './ordinals';
import type { OutboxTuning } from './outboxOptions';
import type { PersistenceTuning } from './persistence/persistenceOptions';
import type { CachePatcher } from './patch/createCachePatcher';
import type { Quarantine } from './quarantine';
import type { QueryApi } from './queries';

/** What the middleware of one instance works with. @internal */
export interface Runtime {
  readonly instance: string;
  readonly platform: Platform;
  readonly counters: Counters;
  readonly meter: Meter;
  /** Whether metrics become actions. */
  readonly sampleMetrics: boolean;
  readonly session: Session;
  readonly surroundings: Surroundings;
  /** A client whose requests end with the signal; `reading` says what its reads are for, `around` goes around each. */
  readonly restFor: (
    signal: AbortSignal,
    reading?: BudgetUse,
    around?: <T>(ask: () => Promise<T>) => Promise<T>,
  ) => RestClient;
  readonly budget: RateBudget;
  readonly uploader: UploadClient;
  readonly queries: QueryApi;
  /** Files that are not uploaded yet, by upload. Beside the state, which is plain JSON (L15). */
  readonly blobs: Map<string, Blob>;
  /** What outlives the page; `null`: nothing. */
  readonly persistence: PersistenceTuning | null;
  readonly storage: KeyValueStorage;
  /** Whether tabs of one person share the main stream. */
  readonly sharesStream: boolean;
  /** Start of all REST addresses: names the back end. */
  readonly baseUrl: string;
  /** Whether the host has a sign-in of its own. */
  readonly hasOwnSignIn: boolean;
  /** Whose the present token is, as far as it says so. */
  readonly owner: () => Promise<string | null>;
  /** The person signed out in another tab: their token is not used any more. */
  readonly signedOutElsewhere: () => void;
  /** The person has a session in another tab: one that was over here goes on. */
  readonly signedInElsewhere: () => void;
  readonly selectors: HudhudSelectors;
  readonly reduce: (state: HudhudState, action: UnknownAction) => HudhudState;
  readonly flags: HudhudFlags;
  readonly ordinals: Ordinals;
  readonly emitter: Emitter;
  readonly quarantine: Quarantine;
  /** Addresses of the main stream; a channel's own is below that of `sse` (`/channel/:id`). */
  readonly streamUrls: SourceUrls;
  readonly connection: Partial<ConnectionTuning>;
  readonly outbox: OutboxTuning;
  /** How far a read may lag behind what was written, in ms. */
  readonly staleReadToleranceMs: number;
  /** Rows per page. */
  readonly pageSize: number;
  /** Bounds of what is held. */
  readonly maxMessagesPerChannel: number;
  readonly maxChannelsHeld: number;
  /** Caches of the host's that are kept in step. */
  readonly cachePatchers: readonly CachePatcher[];
  /** Called for a new message of someone else, while `enableNotificationSounds` is on. */
  readonly onNotification: ((message: MessageFact) => void) | null;
}

/** The store, as the middleware sees it. @internal */
export interface StoreApi {
  readonly dispatch: Dispatch;
  readonly getState: () => HudhudRootState;
}
