import { describe, expect, it } from '@jest/globals';

import { decodeMessage } from '../../../src/protocol/decodeMessage';
import { filesInMetadata } from '../../../src/protocol/metadataFiles';
import { frozen } from '../../support/frozen';

const wire = { id: 'f1', name: 'plan.pdf', type: 'file', size: 7, mimetype: 'application/pdf' };
const file = { id: 'f1', name: 'plan.pdf', mime: 'application/pdf', size: 7 };
const of = (url: unknown) => filesInMetadata(frozen({ files: [{ ...wire, url }] }))[0]?.url;

describe('files in metadata', () => {
  it('are the files of a message that lists none itself', () => {
    const metadata = { client_id: 's1', files: [{ ...wire, url: '/files/f1' }] };
    const files = [{ ...file, url: '/files/f1', thumbnailUrl: null }];
    expect(decodeMessage(frozen({ id: 'm1', metadata }))).toMatchObject({ files });
    expect(decodeMessage(frozen({ id: 'm1', metadata, files: [] }))).toMatchObject({ files });
    expect(decodeMessage(frozen({ id: 'm1', metadata, attachments: null }))).toMatchObject({
      files,
    });
  });

  it('give way to the files that the server lists', () => {
    const row = { id: 'm1', metadata: { files: [wire] }, files: [{ id: 'f2', name: 'b.png' }] };
    expect(decodeMessage(frozen(row))).toMatchObject({ files: [{ id: 'f2' }] });
  });

  it('do not make a frame say what it did not', () => {
    expect(decodeMessage(frozen({ id: 'm1', metadata: { files: [] } }))).not.toHaveProperty(
      'files',
    );
    expect(decodeMessage(frozen({ id: 'm1', metadata: {} }))).not.toHaveProperty('files');
    expect(decodeMessage(frozen({ id: 'm1', metadata: {}, files: [] }))).toMatchObject({
      files: [],
    });
  });

  it('never refuse a message: what is no file is left out', () => {
    const files = [null, 'a.png', 7, [], {}, { id: '__proto__' }, { id: 'f0', size: '1 kB' }, wire];
    expect(filesInMetadata(frozen({ files }))).toMatchObject([{ id: 'f1' }]);
    for (const odd of [null, undefined, 'files', [], { files: 'f1' }, { files: { 0: wire } }]) {
      expect(filesInMetadata(odd)).toEqual([]);
    }
    expect(decodeMessage(frozen({ id: 'm1', metadata: { files } }))).toMatchObject({ id: 'm1' });
  });

  it('are no more than twenty', () => {
    const files = Array.from({ length: 500 }, (_, i) => ({ ...wire, id: `f${i}` }));
    expect(filesInMetadata({ files })).toHaveLength(20);
  });

  it.each([
    'https://files.example/a',
    'HTTP://files.example',
    '/files/a',
    'a b.png',
    '//cdn/a',
    '',
  ])('keep the address %j', (url) => {
    expect(of(url)).toBe(url);
  });

  it.each([
    ...[
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      ' javascript:alert(1)',
      'java\nscript:alert(1)',
    ],
    ...['\u0001javascript:alert(1)', 'data:text/html,<script>', 'vbscript:x', 'file:///etc/passwd'],
    ...['blob:https://a/b', 'http://', 'https://[', null, undefined],
  ])('do not keep the address %j', (url) => {
    expect(of(url)).toBeNull();
    const [read] = filesInMetadata({ files: [{ ...wire, thumbnail_url: url }] });
    expect(read?.thumbnailUrl).toBeNull();
  });
});
