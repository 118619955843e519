import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of this checkout: Jest runs there. */
export const root: string = process.cwd();

/** A file of this checkout as text. */
export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** Whether there is a file or a folder. */
export function exists(path: string): boolean {
  return existsSync(join(root, path));
}

/** README and everything below docs/. */
export function documents(): string[] {
  const below = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' });
  const inDocs = below.filter((path) => path.endsWith('.md')).map((path) => `docs/${path}`);
  return ['README.md', ...inDocs.map((path) => path.replaceAll('\\', '/')).sort()];
}

/** A fenced block of a document. */
export interface Block {
  /** What stands after the fence: language and remarks. */
  readonly info: string;
  readonly text: string;
  /** Number of its first line. */
  readonly line: number;
}

const fence = /^```([^\n]*)\n([^]*?)^```$/gm;

/** The fenced blocks of a document. */
export function blocksOf(markdown: string): Block[] {
  return [...markdown.matchAll(fence)].map((match) => ({
    info: (match[1] ?? '').trim(),
    text: match[2] ?? '',
    line: markdown.slice(0, match.index).split('\n').length + 1,
  }));
}

/** A document without its fenced blocks. */
export function proseOf(markdown: string): string {
  return markdown.replace(fence, '');
}

/** The words in backticks of the first cells of a document's tables. */
export function firstCells(markdown: string): string[] {
  const rows = proseOf(markdown).matchAll(/^\| ([^|]+) \|/gm);
  return [...rows].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word),
  );
}

/** The members of a union of string literals, as the source declares it. */
export function unionOf(path: string, name: string): string[] {
  const declared = new RegExp(`type ${name} =([^;]+);`).exec(read(path))?.[1] ?? '';
  const code = declared.replace(/\/\*[^]*?\*\/|\/\/.*/g, '');
  return [...code.matchAll(/'([^']+)'/g)].map(([, word = '']) => word);
}

/** The fields of an interface, as the source declares it. */
export function fieldsOf(path: string, name: string): string[] {
  const declared = new RegExp(`interface ${name}[^{]*{([^]*?)^}`, 'm').exec(read(path))?.[1] ?? '';
  const code = declared.replace(/\/\*[^]*?\*\//g, '');
  return [...code.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, field = '']) => field);
}
