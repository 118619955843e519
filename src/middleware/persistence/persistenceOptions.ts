import type { KeyValueStorage } from '../../platform/storage';

/** What outlives the page. @public */
export interface PersistenceOptions {
  /** Where it is kept. Default: IndexedDB, in a database of this package's own (`createIndexedDbStorage`). */
  readonly storage?: KeyValueStorage;
  /**
   * Whether the newest messages of the channels viewed last are kept, with names and files, so that the next visit begins
   * with them. Without it only what the person wished and the server has not confirmed is kept, which is their own text.
   * Default `false`.
   */
  readonly messageText?: boolean;
  /** Channels of which messages are kept: those that were viewed last. Default 20. */
  readonly channels?: number;
  /** Messages kept per channel: the newest. Default 100. */
  readonly messagesPerChannel?: number;
}

/** The same with every default in place. @internal */
export interface PersistenceTuning {
  readonly messageText: boolean;
  readonly channels: number;
  readonly messagesPerChannel: number;
}

/** @internal */
export const persistenceDefaults: PersistenceTuning = {
  messageText: false,
  channels: 20,
  messagesPerChannel: 100,
};
