import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

// Whoever wants the stream alone installs neither Redux nor React: the built entry and its types, with the chunks that they
// share with others, ask for the parser and for nothing else. The CommonJS twin carries that one inside.
const wanted = {
  'transport.js': ['eventsource-parser'],
  'transport.cjs': [],
  'transport.d.ts': [],
  'transport.d.cts': [],
};
const imports = /\b(?:from|import|require\()\s*["']([^"']+)["']/g;

function packagesOf(file, seen = new Set()) {
  if (seen.has(file)) return [];
  seen.add(file);
  const isTypes = /\.d\.c?ts$/.test(file);
  return [...readFileSync(file, 'utf8').matchAll(imports)].flatMap(([, name]) => {
    if (!name.startsWith('.')) return [name];
    const next = join(dirname(file), name);
    return packagesOf(isTypes ? next.replace(/\.(c?)js$/, '.d.$1ts') : next, seen);
  });
}

const wrong = Object.entries(wanted).filter(([file, names]) => {
  const found = [...new Set(packagesOf(join('dist', file)))];
  if (String(found) === String(names)) return false;
  console.error(`dist/${file} asks for ${found.join(', ') || 'nothing'}.`);
  return true;
});
process.exitCode = wrong.length === 0 ? 0 : 1;
