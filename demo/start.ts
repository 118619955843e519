import type { StartOptions } from './server/options.ts';
import { readOptions, usage } from './server/options.ts';
import { openBrowser } from './server/openBrowser.ts';
import type { PageServer } from './server/servePage.ts';
import { servePage } from './server/servePage.ts';
import type { SupervisedEmulator } from './server/emulator.ts';
import { superviseEmulator } from './server/emulator.ts';

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function banner(url: string, { hasTraffic, backend }: StartOptions): string {
  const people = hasTraffic && backend === undefined ? ' The others are talking already.' : '';
  return `
  Hudhud is running:  ${url}

  Sign in as lina, omar, sara or yusuf. The password is hudhud-demo.${people}
  A private window makes a second person.

  Ctrl-C stops everything.
`;
}

async function run(options: StartOptions): Promise<void> {
  const { port, isBuilt, distFolder, printsReady } = options;
  const say = (sentence: string) => {
    if (!printsReady) print(`  ${sentence}`);
  };
  let emulator: SupervisedEmulator | undefined;
  let page: PageServer | undefined;
  const stopping = new AbortController();
  const stop = async (code: number) => {
    if (stopping.signal.aborted) return;
    stopping.abort();
    await Promise.allSettled([page?.close(), emulator?.stop()]);
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => void stop(0));
  }

  try {
    if (options.backend === undefined) {
      say('Starting the backend; the first time it writes its data, which takes a moment …');
      emulator = await superviseEmulator({ ...options, port: options.emulatorPort, say });
    }
    const backend = emulator?.url ?? new URL(options.backend ?? '');
    page = await servePage({ port, isBuilt, distFolder, backend });
    const { url } = page;
    if (printsReady) {
      print(JSON.stringify({ url, emulatorUrl: backend.origin, emulatorPid: emulator?.pid }));
    } else print(banner(url, options));
    if (options.opensBrowser) openBrowser(url);
  } catch (error) {
    if (stopping.signal.aborted) return;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    await stop(1);
  }
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) process.stdout.write(usage);
  else await run(options);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
