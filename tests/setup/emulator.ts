import { build } from 'esbuild';
import { emulatorProgram } from '../support/emulator';

const requireInModule =
  "import { createRequire as toRequire } from 'node:module'; const require = toRequire(import.meta.url);";

/**
 * Before the first test that needs it: the emulator in one file, with the packages that it uses. Two stay outside: one
 * reads files beside its own, the other is seldom needed.
 */
export default async function bundleEmulator(): Promise<void> {
  await build({
    entryPoints: ['emulator/src/main.ts'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['@electric-sql/pglite', 'pg'],
    // some of them are CommonJS, and ask for Node's own modules by `require`
    banner: { js: requireInModule },
    outfile: emulatorProgram,
    logLevel: 'warning',
  });
}
