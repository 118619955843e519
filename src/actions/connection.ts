import type { ConnectionSnapshot } from '../protocol/connectionSnapshot';
import type { EpochMs } from '../protocol/models';
import type { HudhudActionCreator } from './define';
import { defineAction } from './define';

/** What became of a stream. @public */
export const connectionChanged: HudhudActionCreator<ConnectionSnapshot, 'connection/changed'> =
  defineAction<ConnectionSnapshot>()('connection/changed');

/** Whether what is shown comes by polls, since no way to hear the server leads anywhere. @public */
export interface PollingChanged {
  readonly isPolling: boolean;
  readonly at: EpochMs;
}

/** @public */
export const pollingChanged: HudhudActionCreator<PollingChanged, 'connection/pollingChanged'> =
  defineAction<PollingChanged>()('connection/pollingChanged');
