import * as z from 'zod';
import { isId } from '../../../src/protocol/ids';
import type { MessageCandidate } from '../../../src/protocol/pickMessage';

// Without this, zod compiles schemas with `new Function`, which the strict Content-Security-Policy forbids.
z.config({ jitless: true });

const id = z.custom<string>(isId);
const text = z.exactOptional(z.string());
const textOrNull = z.exactOptional(z.nullable(z.string()));
const timeOrNull = z.exactOptional(z.nullable(z.number()));
const list = z.exactOptional(z.array(z.any()));

const message = z.object({
  id,
  channelId: z.exactOptional(id),
  userId: z.exactOptional(z.nullable(id)),
  username: textOrNull,
  fullName: textOrNull,
  avatarUrl: textOrNull,
  parentId: z.exactOptional(z.nullable(id)),
  type: text,
  content: text,
  createdAt: z.exactOptional(z.number()),
  editedAt: timeOrNull,
  updatedAt: timeOrNull,
  deletedAt: timeOrNull,
  threadCount: z.exactOptional(z.int().nonnegative()),
  reactions: list,
  files: list,
  metadata: z.exactOptional(z.record(z.string(), z.any())),
  fromAgent: textOrNull,
  isRead: z.exactOptional(z.boolean()),
});

/** The way of zod's own guide. */
export function decode(candidate: MessageCandidate): unknown {
  const result = message.safeParse(candidate);
  return result.success ? result.data : null;
}
