// The floors of docs/architecture.md, lowest first. An import (a type import too) points to a lower floor only,
// sibling folders of one floor do not know each other, and there are no cycles.
const floors = [
  ['platform', 'errors.ts', 'flags.ts'],
  ['protocol'],
  ['actions', 'transport'],
  ['state', 'api'],
  ['selectors'],
  ['middleware'],
  ['store'],
  ['react', 'replay', 'devtools', 'testing'],
];

const room = (name) =>
  name.endsWith('.ts') ? `^src/${name.replace('.', '\\.')}$` : `^src/${name}/`;

const rules = [];
floors.forEach((siblings, level) => {
  for (const name of siblings) {
    const higher = floors.slice(level + 1).flat();
    // platform may use errors.ts and flags.ts: they are leaf files of the same floor
    const beside = siblings.filter((other) => other !== name && !other.endsWith('.ts'));
    const forbidden = [...higher, ...beside].map(room);
    if (forbidden.length > 0) {
      rules.push({
        name: `floor-${name}`,
        severity: 'error',
        from: { path: room(name) },
        to: { path: forbidden.join('|') },
      });
    }
  }
});

module.exports = {
  forbidden: [
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    ...rules,
    {
      name: 'only-the-root-index-reaches-all-floors',
      severity: 'error',
      from: { path: '^src/(?!index\\.ts$)' },
      to: { path: '^src/index\\.ts$' },
    },
    {
      name: 'src-is-alone',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(tests|bench|emulator|demo)/' },
    },
    {
      name: 'emulator-is-alone',
      comment: 'or one bug hides on both sides of the contract',
      severity: 'error',
      from: { path: '^emulator/' },
      to: { path: '^(src|tests|bench|demo)/' },
    },
    {
      name: 'demo-uses-public-entries',
      severity: 'error',
      from: { path: '^demo/' },
      to: { path: '^src/(?!index\\.ts$|(react|replay)/index\\.ts$)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|coverage)/' },
    tsPreCompilationDeps: true, // sees `import type`, `import('x').T` and `export type`
    tsConfig: { fileName: 'tsconfig.json' },
    parser: 'tsc',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
