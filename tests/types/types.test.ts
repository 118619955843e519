import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const folder = resolve('tests/types');

describe('the public types', () => {
  it('hold what the files beside this one say of them', () => {
    const { status, stdout } = spawnSync(
      resolve('node_modules/.bin/tsc'),
      ['--noEmit', '--pretty', 'false', '-p', resolve(folder, 'tsconfig.json')],
      { encoding: 'utf8' },
    );
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });

  it('are asked for what must not compile, too', () => {
    const files = readdirSync(folder).filter((name) => name.includes('.test-d.'));
    expect(files).toEqual(['core.test-d.ts', 'react.test-d.tsx']);
    for (const name of files) {
      const refusals = readFileSync(resolve(folder, name), 'utf8').match(/@ts-expect-error -- /g);
      expect(refusals?.length).toBeGreaterThan(3);
    }
  });
});
