import { defineConfig } from 'tsdown';
import type { UserConfig } from 'tsdown';

const common: UserConfig = {
  entry: {
    index: 'src/index.ts',
    react: 'src/react/index.ts',
    transport: 'src/transport/index.ts',
    replay: 'src/replay/index.ts',
    devtools: 'src/devtools/index.ts',
    'replay-node': 'src/replay/node/index.ts',
  },
  platform: 'neutral',
  target: 'es2022',
  tsconfig: 'tsconfig.build.json',
  dts: { oxc: true },
  sourcemap: true,
  outDir: 'dist',
  hash: false,
  clean: false,
};

export default defineConfig([
  { ...common, format: 'esm' },
  // a program: nobody imports it
  {
    ...common,
    entry: { hudhud: 'src/replay/cli/main.ts' },
    format: 'esm',
    platform: 'node',
    dts: false,
  },
  // eventsource-parser is ESM only: the CommonJS twin carries it inside.
  {
    ...common,
    format: 'cjs',
    deps: { alwaysBundle: [/^eventsource-parser/], onlyBundle: ['eventsource-parser'] },
  },
]);
