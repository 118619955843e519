import type { Caller } from '../caller.ts';
import type { Frame } from '../realtime/encoding.ts';
import type { Faults } from './faults.ts';
import type { StreamDraws } from './streamDraws.ts';

/** Frames about messages and reactions; all others are presence and the like. */
export const isConversation = ({ by }: Frame): boolean => by !== undefined;

/** How often a frame is to come: once, unless a fault of the moment loses or doubles it. */
export function copiesOf(
  { set }: Faults,
  draws: StreamDraws,
  { userId }: Caller,
  frame: Frame,
): 0 | 1 | 2 {
  const isTalk = isConversation(frame);
  if (frame.by === userId && draws.strikes('dropEchoes', set.dropEchoes, isTalk)) return 0;
  if (draws.strikes('dropFrames', set.dropFrames, isTalk)) return 0;
  return draws.strikes('doubleFrames', set.doubleFrames, isTalk) ? 2 : 1;
}
