import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { races } from '../support/rtkQueryRaces';

const guide = 'docs/guides/rtk-query.md';
const [start, end] = ['<!-- races -->', '<!-- /races -->'];

describe.each(races)('$name', ({ truth, stock, layer }) => {
  it('goes wrong with what RTK Query has on its own', async () => {
    expect(await stock()).not.toEqual(truth);
  });

  it('ends with what the backend holds', async () => {
    expect(await layer()).toEqual(truth);
  });
});

const shown = (rows: readonly string[]): string =>
  rows.length === 0 ? 'nothing' : rows.map((text) => `“${text}”`).join(', ');

/** The table of the guide, from what the races come to. `UPDATE_DOCS=1` writes it. */
async function table(): Promise<string> {
  const lines = [
    '| Race | The backend holds | RTK Query alone shows | With a cache patcher |',
    '|-|-|-|-|',
  ];
  for (const { name, truth, stock, layer } of races) {
    lines.push(`| ${[name, ...[truth, await stock(), await layer()].map(shown)].join(' | ')} |`);
  }
  return lines.join('\n');
}

/** Without what only makes a table look good. */
const bare = (text: string): string => text.replaceAll(/[ -]+/g, ' ').trim();

it('is told by the guide as it comes out here', async () => {
  const text = readFileSync(guide, 'utf8');
  const made = await table();
  const from = text.indexOf(start) + start.length;
  const to = text.indexOf(end);
  if (process.env['UPDATE_DOCS'] !== undefined) {
    writeFileSync(guide, `${text.slice(0, from)}\n\n${made}\n\n${text.slice(to)}`);
    return;
  }
  expect(bare(text.slice(from, to))).toBe(bare(made));
});
