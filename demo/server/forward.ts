import type { IncomingMessage, ServerResponse } from 'node:http';
import { request } from 'node:http';
import { pipeline } from 'node:stream';

function sendUnavailable(response: ServerResponse): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const error = { message: 'The backend does not answer', code: 'UNAVAILABLE', statusCode: 503 };
  response.writeHead(503, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ success: false, error }));
}

/**
 * Passes a request on, byte for byte and as it comes: nothing is buffered, so an event stream streams. Whichever side
 * goes away takes the other one with it, so that the backend's count of streams is right and the page hears of an end.
 */
export function forward(backend: URL, incoming: IncomingMessage, response: ServerResponse): void {
  const outgoing = request(
    new URL(incoming.url ?? '/', backend),
    { method: incoming.method, headers: { ...incoming.headers, host: backend.host } },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      response.flushHeaders();
      // ends or destroys both together
      pipeline(answer, response, () => undefined);
    },
  );
  outgoing.on('error', () => {
    sendUnavailable(response);
  });
  const leave = () => {
    outgoing.destroy();
  };
  const { socket } = incoming;
  // one that waits behind another answer of its connection is not told that the connection has closed
  socket.on('close', leave);
  response.on('close', () => {
    socket.off('close', leave);
    leave();
  });
  incoming.pipe(outgoing);
}
