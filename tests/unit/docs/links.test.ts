import { posix } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { documents, exists, proseOf, read } from '../../support/documents';

/** The anchor that a heading gets. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

function anchorsOf(path: string): string[] {
  return [...proseOf(read(path)).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    anchorOf(heading),
  );
}

function linksOf(path: string): { readonly target: string; readonly anchor: string }[] {
  return [...proseOf(read(path)).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/.test(link))
    .map((link) => {
      const [file = '', anchor = ''] = link.split('#');
      return { target: file === '' ? path : posix.join(posix.dirname(path), file), anchor };
    });
}

describe.each(documents())('%s', (path) => {
  it('links to files that exist', () => {
    const targets = linksOf(path).map(({ target }) => target);
    expect(targets.filter((target) => !exists(target))).toEqual([]);
  });

  it('links to headings that exist', () => {
    const lost = linksOf(path).filter(
      ({ target, anchor }) =>
        anchor !== '' && target.endsWith('.md') && !anchorsOf(target).includes(anchor),
    );
    expect(lost).toEqual([]);
  });

  it('names files of this checkout that exist', () => {
    const named = [...proseOf(read(path)).matchAll(/`([^`\s]+)`/g)]
      .map(([, word = '']) => word)
      .filter((word) => /^(?:src|tests|docs|demo|emulator|bench)\/[\w./-]*$/.test(word));
    expect(named.filter((file) => !exists(file))).toEqual([]);
  });
});
