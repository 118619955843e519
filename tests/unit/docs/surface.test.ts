import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import * as ts from 'typescript';
import { root } from '../../support/documents';

const entries = [
  'src/index.ts',
  'src/react/index.ts',
  'src/transport/index.ts',
  'src/replay/index.ts',
  'src/replay/node/index.ts',
  'src/devtools/index.ts',
].map((path) => join(root, path));

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

function exportsOf(entry: string): readonly ts.Symbol[] {
  const file = program.getSourceFile(entry);
  const module = file && checker.getSymbolAtLocation(file);
  if (module === undefined) throw new Error(`${entry} is no module`);
  return checker.getExportsOfModule(module).map(declaredBy);
}

function declaredBy(symbol: ts.Symbol): ts.Symbol {
  return (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
}

/** The type that a node names; `Emitter['on']` names what it comes to. */
function namedBy(node: ts.Node): ts.Node | null {
  if (ts.isExpressionWithTypeArguments(node)) return node.expression;
  return ts.isTypeReferenceNode(node) && !ts.isIndexedAccessTypeNode(node.parent)
    ? node.typeName
    : null;
}

/** Bodies and values are no part of a signature, and what is internal is left out of it. */
function isSaid(node: ts.Node): boolean {
  const isInternal = ts.getJSDocTags(node).some(({ tagName }) => tagName.text === 'internal');
  return !isInternal && !ts.isBlock(node) && !ts.isExpression(node);
}

/** Types of this package that the signatures of what is exported speak of, and that no entry exports. */
function namelessTypes(): readonly string[] {
  const exported = new Set(entries.flatMap(exportsOf));
  const nameless = new Set<string>();
  const visit = (node: ts.Node): void => {
    const name = namedBy(node);
    const found = name && checker.getSymbolAtLocation(name);
    const symbol = found && declaredBy(found);
    const declared = symbol?.declarations?.[0];
    const isOwn =
      declared !== undefined &&
      ts.isSourceFile(declared.parent) &&
      declared.getSourceFile().fileName.startsWith(join(root, 'src'));
    if (symbol && isOwn && !exported.has(symbol)) nameless.add(symbol.name);
    ts.forEachChild(node, (child) => {
      if (ts.isExpressionWithTypeArguments(child) || isSaid(child)) visit(child);
    });
  };
  for (const { declarations = [] } of exported) declarations.forEach(visit);
  return [...nameless].sort();
}

it('every type that the signatures of what is exported speak of is exported', () => {
  expect(namelessTypes()).toEqual([]);
});

describe.each(entries)('%s', (entry) => {
  const surface = surfaceOf(entry);

  it('exports something', () => {
    expect(surface.length).toBeGreaterThan(1);
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
