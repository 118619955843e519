import type { Dispatch } from '@reduxjs/toolkit';
import type { RestClient } from '../api/rest';
import type { HudhudFlags } from '../flags';
import type { Counters } from '../platform/counters';
import type { Platform } from '../platform/platform';
import type { MessageFact } from '../protocol/models';
import type { HudhudSelectors } from '../selectors/createSelectors';
import type { HudhudRootState } from '../selectors/root';
import type { ConnectionTuning } from '../transport/connectionOptions';
import type { Session } from '../transport/session';
import type { UploadClient } from '../transport/uploadClient';
import type { Emitter } from './emitter';
import type { Meter } from './meter';
import type { Ordinals } from './ordinals';
import type { OutboxTuning } from './outboxOptions';
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
  /** A client whose requests end with the signal. */
  readonly restFor: (signal: AbortSignal) => RestClient;
  readonly uploader: UploadClient;
  readonly queries: QueryApi;
  /** Files that are not uploaded yet, by upload. Beside the state, which is plain JSON (L15). */
  readonly blobs: Map<string, Blob>;
  readonly selectors: HudhudSelectors;
  readonly flags: HudhudFlags;
  readonly ordinals: Ordinals;
  readonly emitter: Emitter;
  readonly quarantine: Quarantine;
  /** Address of the main stream; a channel's own is below it (`/channel/:id`). */
  readonly streamUrl: string;
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
