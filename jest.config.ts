/** @jest-config-loader esbuild-register */
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

function project(name: string, environment: string, folders: string) {
  return {
    displayName: name,
    testEnvironment: environment,
    testMatch: [`<rootDir>/tests/${folders}/**/*.test.{ts,tsx}`],
    transform: { '\\.[cm]?[jt]sx?$': ['@swc/jest', swc] as [string, Record<string, unknown>] },
    transformIgnorePatterns: [`/node_modules/(?!.*/node_modules/)(?!(?:${esm.join('|')})/)`],
    moduleNameMapper: {
      '^@hudhud/state$': '<rootDir>/src/index.ts',
      '^@hudhud/state/(.+)$': '<rootDir>/src/$1/index.ts',
    },
    modulePathIgnorePatterns: ['<rootDir>/(dist|coverage|demo/dist)/'],
    restoreMocks: true,
  };
}

const config: Config = {
  coverageProvider: 'v8',
  collectCoverageFrom: ['src/**/*.{ts,tsx}'],
  testTimeout: 60_000,
  projects: [
    project('core', 'node', '{unit,scenarios,property,recompute,contract,convergence,replay}'),
    project('react', 'jest-fixed-jsdom', 'react'),
    project('integration', 'node', 'integration'),
    project('types', 'node', 'types'),
    project('browser', 'node', 'browser'),
  ],
};
export default config;
