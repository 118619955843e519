import type { EpochMs } from '../protocol/models';
import type { HudhudActionCreator } from './define';
import { defineAction } from './define';

/** What of a channel is let go. @public */
export interface ChannelEvicted {
  readonly channelId: string;
  /** Messages created before this moment are let go; `null`: everything. */
  readonly before: EpochMs | null;
  /** Threads that stay although their parent goes, since they are on screen. Default: none. */
  readonly keptThreads?: readonly string[];
}

/** @public */
export interface HistoryEvicted {
  /** What was asked for before this ordinal could bring back what was deleted: it is not taken (L2). */
  readonly ordinal: number;
  /** Each channel once. */
  readonly channels: readonly ChannelEvicted[];
}

/** History is held within bounds: what is let go counts as not loaded. @public */
export const historyEvicted: HudhudActionCreator<HistoryEvicted, 'history/evicted'> =
  defineAction<HistoryEvicted>()('history/evicted');
