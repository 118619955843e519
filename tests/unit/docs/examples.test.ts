import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { decodeFrame } from '../../../src/protocol/decodeFrame';
import { createRootReducer } from '../../../src/state/rootReducer';
import { blocksOf, documents, read, root } from '../../support/documents';

const folder = 'reports/docs-examples';
const config = {
  extends: '../../tsconfig.base.json',
  compilerOptions: {
    moduleDetection: 'force',
    types: ['node'],
    paths: { '@hudhud/state': ['../../src/index.ts'], '@hudhud/state/*': ['../../src/*/index.ts'] },
  },
  include: ['.'],
};

/** Where a block is written to: under the name in its first line, beside the other blocks of its document. */
function fileOf(document: string, info: string, text: string, line: number): string {
  const extension = info.startsWith('tsx') ? 'tsx' : 'ts';
  const name = /^\/\/ (\S+\.tsx?)\n/.exec(text)?.[1] ?? `line${line}.${extension}`;
  return `${document.replace(/\W/g, '_')}/${name}`;
}

/** Writes every example to a file of its own; gives back how many there are. */
function writeExamples(): number {
  const to = join(root, folder);
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  writeFileSync(join(to, 'tsconfig.json'), JSON.stringify(config));
  let count = 0;
  for (const document of documents()) {
    for (const { info, text, line } of blocksOf(read(document))) {
      if (info !== 'ts' && info !== 'tsx') continue;
      const path = join(to, fileOf(document, info, text, line));
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      count += 1;
    }
  }
  return count;
}

function exampleOf(document: string, info: string): unknown {
  const block = blocksOf(read(document)).find((known) => known.info === info);
  return JSON.parse(block?.text ?? 'null') as unknown;
}

/** Paths of all keys, with one path for all items of a list. */
function keysOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => keysOf(item, `${path}[]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    `${path}.${key}`,
    ...keysOf(inner, `${path}.${key}`),
  ]);
}

describe('the examples', () => {
  it('compile', () => {
    expect(writeExamples()).toBeGreaterThan(8);
    const { stdout, status } = spawnSync(join(root, 'node_modules/.bin/tsc'), ['-p', folder], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });

  it('of docs/protocol.md decodes to what is beside it', () => {
    const frame = blocksOf(read('docs/protocol.md')).find(({ info }) => info === 'text');
    const [, event = '', data = ''] = /^event: (.*)\ndata: (.*)\n$/.exec(frame?.text ?? '') ?? [];
    expect(decodeFrame({ event, data })).toEqual({ event: exampleOf('docs/protocol.md', 'json') });
  });

  it('of docs/architecture.md has the slices and the fields of the state', () => {
    const shown = exampleOf('docs/architecture.md', 'json') as Readonly<Record<string, object>>;
    const state = createRootReducer('hudhud')(undefined, { type: 'start' });
    expect(Object.keys(shown)).toEqual(Object.keys(state));
    const isKnown = (name: string) => sources.includes(`readonly ${name}`);
    const sources = [
      'channelLog',
      'channels',
      'connection',
      'messageRecord',
      'messages',
      'notices',
      'outboxState',
      'presence',
      'readsState',
      'storage',
      'table',
      'typing',
      'windows',
    ]
      .map((file) => read(`src/state/${file}.ts`))
      .concat(read('src/protocol/models.ts'), read('src/protocol/connectionSnapshot.ts'))
      .join('\n');
    const slices = Object.keys(state);
    const names = new Set(keysOf(shown).map((path) => path.slice(path.lastIndexOf('.') + 1)));
    const fields = [...names].filter((name) => !slices.includes(name));
    expect(fields.filter((name) => !isKnown(`${name}:`) && !isKnown(`${name}?:`))).toEqual([]);
  });
});
