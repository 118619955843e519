import type { EventStreamHandlers } from '../../../src/transport';
import { openEventStream } from '../../../src/transport';

// Opens a stream, closes it in the handler that is named, or never, and ends by itself: prints which handlers were called.
const [, , url = '', name = 'never'] = process.argv;

const called: string[] = [];
const closing = (handler: keyof EventStreamHandlers) => () => {
  called.push(handler);
  if (handler === name) stream.close();
};
const stream = openEventStream(
  url,
  { initialDelayMs: 200, jitter: 0 },
  {
    onOpen: closing('onOpen'),
    onEvent: closing('onEvent'),
    onError: closing('onError'),
    onRetry: closing('onRetry'),
    onComment: closing('onComment'),
  },
);
if (name === 'atOnce') stream.close();
process.on('exit', () => {
  console.log(called.join(' '));
});
