import type { HudhudActionCreator } from './define';
import { defineAction } from './define';

/** @public */
export interface NoticeRef {
  readonly id: string;
}

/** A person has read a notice, and wants it away. @public */
export const noticeDismissed: HudhudActionCreator<NoticeRef, 'notice/dismissed'> =
  defineAction<NoticeRef>()('notice/dismissed');
