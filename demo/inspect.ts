import { parseArgs } from 'node:util';
import type { BuiltPages } from './server/buildPages.ts';
import { openBrowser } from './server/openBrowser.ts';
import type { PageServer } from './server/servePage.ts';
import { serveInspector } from './server/serveInspector.ts';

/** What `hudhud replay open` runs: the inspector with logs in it, until Ctrl-C. */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'no-browser': { type: 'boolean', default: false },
    // a build that was made before; default: a new one
    page: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

let built: BuiltPages | undefined;
let server: PageServer | undefined;
const stopping = new AbortController();

async function stop(code: number): Promise<void> {
  if (stopping.signal.aborted) return;
  stopping.abort();
  await Promise.allSettled([server?.close(), built?.remove()]);
  process.exit(code);
}

async function run(): Promise<void> {
  if (values.page === undefined) {
    if (!values.json) process.stderr.write('Building the inspector …\n');
    // what builds takes a moment to load: not for those who need it not
    const { buildPages } = await import('./server/buildPages.ts');
    built = await buildPages();
  }
  server = await serveInspector(built?.folder ?? values.page ?? '', positionals);
  const { url } = server;
  process.stdout.write(values.json ? `${JSON.stringify({ url })}\n` : `${url}\nCtrl-C ends it.\n`);
  if (!values['no-browser']) openBrowser(url);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(0));
// whoever started this holds the other end of the input: it closes when they are gone
process.stdin.on('end', () => void stop(0)).resume();

try {
  await run();
} catch (error) {
  if (!stopping.signal.aborted) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    await stop(2);
  }
}
