import type { HudhudActionCreator } from './define';
import { defineAction } from './define';

/** @public */
export interface TypingExpired {
  /** The moment by which deadlines are judged; reducers read no clock (L13). */
  readonly now: number;
}

/** @public */
export const typingExpired: HudhudActionCreator<TypingExpired, 'expiry/typingExpired'> =
  defineAction<TypingExpired>()('expiry/typingExpired');
