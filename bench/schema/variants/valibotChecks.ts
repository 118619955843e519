import { messageSchema } from '../../../src/protocol/messageSchema';
import type { MessageCandidate } from '../../../src/protocol/pickMessage';
import { validate } from '../../../src/protocol/validate';

/** What the package does. */
export function decode(candidate: MessageCandidate): unknown {
  return validate(messageSchema, candidate);
}
