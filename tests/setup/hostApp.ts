import { build } from 'esbuild';
import { builtHostApp } from '../support/dropIn/hostServer';

/** Before the first test in a browser: the app of the drop-in guide, as its host would bundle it. */
export default async function bundleHostApp(): Promise<void> {
  await build({
    entryPoints: ['tests/support/dropIn/app/main.tsx'],
    bundle: true,
    format: 'esm',
    jsx: 'automatic',
    minify: true,
    // where the package is, is what tsconfig's paths say
    tsconfig: 'tsconfig.json',
    define: { 'process.env.NODE_ENV': '"production"' },
    outfile: builtHostApp,
    logLevel: 'warning',
  });
}
