import { build } from 'esbuild';
import { emulatorProgram } from '../support/emulator';

const requireInModule =
  "import { createRequire as toRequire } from 'node:module'; const require = toRequire(import.meta.url);";

/** A program in one file, with the packages of the emulator that it uses. */
export async function bundleProgram(entry: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    format: 'esm',
    // two stay outside: one reads files beside its own, the other is seldom needed
    external: ['@electric-sql/pglite', 'pg'],
    // some of them are CommonJS, and ask for Node's own modules by `require`
    banner: { js: requireInModule },
    // half as much to read at each start, and names stay in what it reports
    minifyWhitespace: true,
    minifySyntax: true,
    outfile,
    logLevel: 'warning',
  });
}

/** Before the first test that needs it: the emulator in one file. */
export default async function bundleEmulator(): Promise<void> {
  await bundleProgram('emulator/src/main.ts', emulatorProgram);
}
