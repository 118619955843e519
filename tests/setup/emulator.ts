import { build } from 'esbuild';
import { emulatorProgram } from '../support/emulator';

/** Before the first test that needs it: the emulator's sources in one file. */
export default async function bundleEmulator(): Promise<void> {
  await build({
    entryPoints: ['emulator/src/main.ts'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    sourcemap: true,
    outfile: emulatorProgram,
    logLevel: 'warning',
  });
}
