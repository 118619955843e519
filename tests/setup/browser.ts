import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { builtDemo, userEnvironment } from '../support/demo';
import bundleEmulator from './emulator';

/** Before the first test in a browser: the emulator, and the demo's production build. */
export default async function prepare(): Promise<void> {
  const vite = resolve('node_modules/vite/bin/vite.js');
  const outDir = ['--outDir', resolve(builtDemo), '--emptyOutDir'];
  await Promise.all([
    bundleEmulator(),
    promisify(execFile)(
      process.execPath,
      [vite, 'build', 'demo', '--config', 'demo/vite.config.ts', '--logLevel', 'warn', ...outDir],
      { env: userEnvironment },
    ),
  ]);
}
