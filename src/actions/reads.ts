import type { EpochMs } from '../protocol/models';
import type { HudhudActionCreator } from './define';
import { defineAction } from './define';
import type { Asked } from './history';

/** Unread messages of one channel, as a list of bare counts says it. @public */
export interface CountedChannel {
  readonly channelId: string;
  readonly count: number;
  /**
   * The newest message that was held when the answer came: what is older counts as counted. `null`: none was. The
   * answer itself does not say up to where it counts.
   */
  readonly lastAt: EpochMs | null;
}

/** @public */
export interface CountsReceived extends Asked {
  /** Whether the stream has told of everything since it was asked for. */
  readonly isLive: boolean;
  readonly counts: readonly CountedChannel[];
}

/** @public */
export interface ReadsAnchored {
  readonly channelId: string;
  /** The first unread message; `null`: there is no line, or none any more. */
  readonly messageId: string | null;
}

/** The server counted what is unread, without the channels that it counted in. @public */
export const countsReceived: HudhudActionCreator<CountsReceived, 'reads/countsReceived'> =
  defineAction<CountsReceived>()('reads/countsReceived');

/** Where the unread line of a channel stands while the channel is open. @public */
export const readsAnchored: HudhudActionCreator<ReadsAnchored, 'reads/anchored'> =
  defineAction<ReadsAnchored>()('reads/anchored');
