import type { AccountFact } from '../protocol/models';
import type { HudhudActionCreator } from './define';
import { defineAction } from './define';

/** Who is signed in. No token is ever part of an action (L17). @public */
export interface SessionStarted {
  readonly user: AccountFact;
}

/** Why a session ended. @public */
export interface SessionEnded {
  readonly reason: 'logout' | 'expired';
}

/** @public */
export const sessionStarted: HudhudActionCreator<SessionStarted, 'session/started'> =
  defineAction<SessionStarted>()('session/started');

/** Every slice forgets everything. @public */
export const sessionEnded: HudhudActionCreator<SessionEnded, 'session/ended'> =
  defineAction<SessionEnded>()('session/ended');
