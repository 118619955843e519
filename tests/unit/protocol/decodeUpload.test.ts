import { describe, expect, it } from '@jest/globals';
import { decodeUpload } from '../../../src/protocol/decodeUpload';
import { thrownBy } from '../../support/decoding';
import { frozen } from '../../support/frozen';

const row = frozen({
  id: 'f1',
  name: 'plan.pdf',
  type: 'file',
  size: 2048,
  url: '/files/f1',
  mimetype: 'application/pdf',
});
const file = {
  id: 'f1',
  name: 'plan.pdf',
  mime: 'application/pdf',
  size: 2048,
  url: '/files/f1',
  thumbnailUrl: null,
};

describe('decodeUpload', () => {
  it.each<[string, unknown]>([
    ['file', { success: true, file: row }],
    ['data.file', { success: true, data: { file: row } }],
    ['files', { success: true, files: [row, { ...row, id: 'f2' }] }],
    ['data.files', { success: true, data: { files: [row] } }],
    ['file: null beside files', { file: null, files: [row] }],
    ['the whole answer', { success: true, ...row }],
  ])('reads %s', (_name, body) => {
    expect(decodeUpload(frozen(body))).toEqual(file);
  });

  it('takes an id alone: nothing else is needed to name a file', () => {
    expect(decodeUpload({ file: { id: 'f1' } })).toEqual({
      ...file,
      ...{ name: '', mime: null, size: null, url: null },
    });
  });

  it.each<[string, unknown]>([
    ['no object', null],
    ['a text', 'ok'],
    ['nothing', {}],
    ['no file', { success: true }],
    ['a file without an id', { file: { name: 'a' } }],
    ['a hostile id', { file: { ...row, id: '__proto__' } }],
    ['an empty list', { files: [] }],
    ['a list of something else', { files: ['f1'] }],
    ['no list', { files: 'f1' }],
    ['no success', { success: false, file: row }],
    ['a url that is none', { file: { ...row, url: 7 } }],
  ])('refuses %s', (_name, body) => {
    expect(thrownBy(() => decodeUpload(body))).toMatchObject({ code: 'BAD_RESPONSE' });
  });
});
