#!/usr/bin/env node
import { run } from './run';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // `hudhud replay show FILE | head` closes the pipe: then nobody wants the rest
  if (error.code === 'EPIPE') process.exit(0);
  process.stderr.write(`${error.message}\n`);
  process.exit(2);
});

process.exitCode = await run(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  isWatched: process.stderr.isTTY,
  stdin: process.stdin,
  env: process.env,
  onInterrupt(run) {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, run);
    return () => {
      for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, run);
    };
  },
});
