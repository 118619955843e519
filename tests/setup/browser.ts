import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { serveBrowser } from '../support/browserServer';
import { builtDemo, userEnvironment } from '../support/demo';
import bundleEmulator from './emulator';
import bundleHostApp from './hostApp';

/** Before the first test in a browser: the emulator, the demo's production build, the guide's app, and the browser. */
export default async function prepare(): Promise<void> {
  const vite = resolve('node_modules/vite/bin/vite.js');
  const outDir = ['--outDir', resolve(builtDemo), '--emptyOutDir'];
  const [browser] = await Promise.all([
    serveBrowser(),
    bundleEmulator(),
    bundleHostApp(),
    promisify(execFile)(
      process.execPath,
      [vite, 'build', 'demo', '--config', 'demo/vite.config.ts', '--logLevel', 'warn', ...outDir],
      { env: userEnvironment },
    ),
  ]);
  Object.assign(globalThis, { hudhudBrowser: browser });
}
