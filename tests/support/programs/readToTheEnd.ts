import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { EventStreamOptions } from '../../../src/transport';
import { openEventStream } from '../../../src/transport';

// Reads a stream up to its event `end`, and prints what it held on the way: the heap after a collection, each time that the
// server says `sample`. Nothing is kept of what came, and the process ends by itself.
const [, , url = '', options = '{}'] = process.argv;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const heap: number[] = [];
let characters = 0;
const stream = openEventStream(url, JSON.parse(options) as EventStreamOptions, {
  onEvent({ type, data }) {
    characters += data.length;
    if (type === 'sample') {
      collect();
      heap.push(process.memoryUsage().heapUsed);
    }
    if (type === 'end') {
      stream.close();
      console.log(JSON.stringify({ characters, heap }));
    }
  },
});
