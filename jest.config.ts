/** @jest-config-loader esbuild-register */
import { availableParallelism } from 'node:os';
import type { Config } from 'jest';

// ESM-only packages that a test reaches: Jest runs CommonJS, so swc must transform them.
const esm = ['eventsource-parser', 'jose', 'cookie', '@redux-devtools/instrument'];
const swc = {
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', tsx: true },
    transform: { react: { runtime: 'automatic' } },
  },
  module: { type: 'commonjs' },
};

/** What runs once before and after a project's files, from tests/setup. */
interface Around {
  readonly before?: string;
  readonly after?: string;
}

function project(name: string, environment: string, folders: string, around: Around = {}) {
  const { before, after } = around;
  return {
    displayName: name,
    testEnvironment: environment,
    testMatch: [`<rootDir>/tests/${folders}/**/*.test.{ts,tsx}`],
    transform: { '\\.[cm]?[jt]sx?$': ['@swc/jest', swc] as [string, Record<string, unknown>] },
    transformIgnorePatterns: [`/node_modules/(?!.*/node_modules/)(?!(?:${esm.join('|')})/)`],
    moduleNameMapper: {
      '^fast-check$': '<rootDir>/tests/setup/seeded.cjs',
      '^@hudhud/state$': '<rootDir>/src/index.ts',
      '^@hudhud/state/(.+)$': '<rootDir>/src/$1/index.ts',
    },
    modulePathIgnorePatterns: ['<rootDir>/(dist|coverage|demo/dist)/'],
    restoreMocks: true,
    ...(before === undefined ? {} : { globalSetup: `<rootDir>/tests/setup/${before}.ts` }),
    ...(after === undefined ? {} : { globalTeardown: `<rootDir>/tests/setup/${after}.ts` }),
  };
}

const config: Config = {
  coverageProvider: 'v8',
  collectCoverageFrom: ['src/**/*.{ts,tsx}'],
  testTimeout: 60_000,
  // every core, but not more browsers and databases at once than a machine has memory for
  maxWorkers: Math.min(availableParallelism(), 4),
  // a worker that has grown is replaced after its file
  workerIdleMemoryLimit: '1GB',
  testSequencer: '<rootDir>/tests/setup/longFirst.cjs',
  projects: [
    project(
      'core',
      'node',
      '{unit,scenarios,property,recompute,contract,convergence,simulation,replay}',
    ),
    project('react', 'jest-fixed-jsdom', 'react'),
    project('integration', 'node', 'integration', {
      before: 'integration',
      after: 'integrationEnd',
    }),
    project('types', 'node', 'types'),
    project('browser', 'node', 'browser', { before: 'browser', after: 'browserEnd' }),
  ],
};
export default config;
