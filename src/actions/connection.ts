import type { ConnectionSnapshot } from '../protocol/connectionSnapshot';
import type { HudhudActionCreator } from './define';
import { defineAction } from './define';

/** What became of a stream. @public */
export const connectionChanged: HudhudActionCreator<ConnectionSnapshot, 'connection/changed'> =
  defineAction<ConnectionSnapshot>()('connection/changed');
