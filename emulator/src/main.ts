import { resolve } from 'node:path';
import type { Config } from './config.ts';
import { readConfig, usage } from './config.ts';
import { startServer } from './server.ts';

function log(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Errors that are our own fault. Their text never holds a token or password: those are not in messages. */
function report(error: unknown): void {
  log(error instanceof Error ? (error.stack ?? error.message) : String(error));
}

function dataOf({ databaseUrl, dataFolder }: Config): string {
  if (databaseUrl !== undefined) return 'postgres';
  return dataFolder === undefined ? 'memory' : resolve(dataFolder);
}

async function run(config: Config): Promise<void> {
  const server = await startServer(config, report);
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    server.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        report(error);
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  if (config.exitWithParent) process.stdin.on('close', stop).resume();
  process.stdout.write(`${JSON.stringify({ address: server.address, data: dataOf(config) })}\n`);
}

try {
  const config = readConfig(process.argv.slice(2), process.env);
  if (config === undefined) process.stdout.write(usage);
  else await run(config);
} catch (error) {
  log(error instanceof Error ? error.message : String(error));
  // not just an exit code: the database may be open and would keep the process alive
  process.exit(1);
}
