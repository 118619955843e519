import { describe, expect, test } from '@jest/globals';
import { isEmojiOnly, parseContent } from '../../../demo/src/text/parseContent';

const linksIn = (content: string) =>
  parseContent(content)
    .flatMap((block) => (block.kind === 'paragraph' ? block.inlines : []))
    .flatMap((inline) => (inline.kind === 'link' ? [inline.href] : []));

describe('a message is split into pieces of text', () => {
  test('a fence becomes code, without its language; what is around it stays', () => {
    expect(parseContent('look:\n```ts\nconst a = 1;\n\nreturn `a`;\n```\ndone')).toEqual([
      { kind: 'paragraph', inlines: [{ kind: 'text', text: 'look:' }] },
      { kind: 'code', text: 'const a = 1;\n\nreturn `a`;' },
      { kind: 'paragraph', inlines: [{ kind: 'text', text: 'done' }] },
    ]);
  });

  test('a fence that is never closed is text', () => {
    expect(parseContent('```ts\nconst a')).toEqual([
      { kind: 'paragraph', inlines: [{ kind: 'text', text: '```ts\nconst a' }] },
    ]);
  });

  test('inline code and links keep what is between them', () => {
    expect(parseContent('run `npm test`, see https://hudhud.example/a?b=c#d.')).toEqual([
      {
        kind: 'paragraph',
        inlines: [
          { kind: 'text', text: 'run ' },
          { kind: 'code', text: 'npm test' },
          { kind: 'text', text: ', see ' },
          {
            kind: 'link',
            text: 'https://hudhud.example/a?b=c#d',
            href: 'https://hudhud.example/a?b=c#d',
          },
          { kind: 'text', text: '.' },
        ],
      },
    ]);
  });

  test.each([
    [
      'what ends a sentence is not part of a link',
      'https://a.example/b!؟',
      ['https://a.example/b'],
    ],
    ['a bracket around it neither', '(https://a.example/b)', ['https://a.example/b']],
    ['a bracket in it is', 'https://a.example/b_(c)', ['https://a.example/b_(c)']],
    ['only http and https can be clicked', 'javascript:alert(1) ftp://a.example data:x', []],
    ['nor what is no address', 'https:// http://%', []],
    ['a link in code is code', '`https://a.example`', []],
  ])('%s', (_name, content, expected) => {
    expect(linksIn(content)).toEqual(expected);
  });

  test('markup stays the characters that it is made of', () => {
    const content = '<img src=x onerror=alert(1)>';
    expect(parseContent(content)).toEqual([
      { kind: 'paragraph', inlines: [{ kind: 'text', text: content }] },
    ]);
  });

  test.each([
    ['🎉🚀', true],
    ['👩🏽‍💻 ❤️', true],
    ['🇯🇴', true],
    ['ok 👍', false],
    ['42', false],
    ['  ', false],
  ])('%s: big or not', (content, expected) => {
    expect(isEmojiOnly(content)).toBe(expected);
  });
});
