import { readFileSync } from 'node:fs';

// A bundler may drop the directive or move it; frameworks that render on a server look at the first line alone.
const wanted = { 'react.js': true, 'react.cjs': true, 'index.js': false, 'index.cjs': false };
const wrong = Object.entries(wanted).filter(([file, isClient]) => {
  const [first] = readFileSync(`dist/${file}`, 'utf8').split('\n');
  return (first === '"use client";') !== isClient;
});
for (const [file, isClient] of wrong) {
  console.error(`dist/${file} ${isClient ? 'does not begin' : 'begins'} with "use client".`);
}
process.exitCode = wrong.length === 0 ? 0 : 1;
