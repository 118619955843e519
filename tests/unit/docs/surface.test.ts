import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import * as ts from 'typescript';
import { root } from '../../support/documents';

const entries = ['src/index.ts', 'src/react/index.ts'].map((path) => join(root, path));

function parseConfig(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.build.json'), (path) =>
    ts.sys.readFile(path),
  ) as { readonly config: unknown };
  return ts.parseJsonConfigFileContent(config, ts.sys, root).options;
}

const program = ts.createProgram(entries, parseConfig());
const checker = program.getTypeChecker();

/** What an entry exports, each with the tags of its comment. */
function surfaceOf(entry: string): { readonly name: string; readonly tags: readonly string[] }[] {
  const file = program.getSourceFile(entry);
  const module = file && checker.getSymbolAtLocation(file);
  if (module === undefined) throw new Error(`${entry} is no module`);
  return checker.getExportsOfModule(module).map((exported) => {
    const isAlias = (exported.flags & ts.SymbolFlags.Alias) !== 0;
    const symbol = isAlias ? checker.getAliasedSymbol(exported) : exported;
    return { name: exported.name, tags: symbol.getJsDocTags(checker).map((tag) => tag.name) };
  });
}

describe.each(entries)('%s', (entry) => {
  const surface = surfaceOf(entry);

  it('exports something', () => {
    expect(surface.length).toBeGreaterThan(10);
  });

  it('exports nothing without a comment that says @public', () => {
    const without = surface.filter(({ tags }) => !tags.includes('public'));
    expect(without.map(({ name }) => name)).toEqual([]);
  });

  it('exports nothing that is called @internal', () => {
    const inner = surface.filter(({ tags }) => tags.includes('internal'));
    expect(inner.map(({ name }) => name)).toEqual([]);
  });
});
