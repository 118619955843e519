import type { FastifyReply } from 'fastify';

/** Whether nobody hears the answer any more. */
export function isGone({ raw, request }: FastifyReply): boolean {
  return raw.destroyed || request.raw.socket.destroyed;
}

/**
 * Calls once when the answer is over or its reader is gone, also where that was before. Its own close event is not
 * enough: an answer that waits behind another one of the same connection is not told that the connection has closed.
 */
export function onGone(reply: FastifyReply, act: () => void): void {
  const { raw, request } = reply;
  const { socket } = request.raw;
  let isOver = false;
  const end = () => {
    // the socket's end ends the answer: whoever is called for the one is called for the other as well
    if (isOver) return;
    isOver = true;
    raw.off('close', end);
    socket.off('close', end);
    act();
  };
  if (isGone(reply)) {
    act();
    return;
  }
  raw.on('close', end);
  socket.on('close', end);
}
