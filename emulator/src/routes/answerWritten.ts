import type { Context } from '../context.ts';
import type { Call } from '../http/caller.ts';
import { idempotencyKey } from '../http/idempotencyKey.ts';
import { messageByKey } from '../services/messageKeys.ts';
import type { NewMessage } from '../services/messages.ts';
import { createMessage } from '../services/messages.ts';

/**
 * Writes a message and answers it with 201. With keys switched on, a key that has made one before gets that one
 * with 200, whatever has become of its place meanwhile.
 */
export async function answerWritten(
  context: Context,
  { caller, request, reply }: Call,
  read: () => NewMessage | Promise<NewMessage>,
) {
  const key = context.faults.set.idempotency ? idempotencyKey(request.headers) : undefined;
  const earlier = key === undefined ? undefined : await messageByKey(context, caller, key);
  if (earlier !== undefined) return { success: true, message: earlier };
  const { message, isNew } = await createMessage(context, caller, await read(), key);
  return reply.code(isNew ? 201 : 200).send({ success: true, message });
}
