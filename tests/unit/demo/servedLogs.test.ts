import { describe, expect, it } from '@jest/globals';
import { servedLogs } from '../../../demo/src/inspector/servedLogs';

describe('servedLogs', () => {
  it('are what the address of the page names', () => {
    expect(servedLogs('#logs=a-1&name=one.ndjson&name=%231%20%26%202.gz')).toEqual([
      { name: 'one.ndjson', address: '/logs/a-1/0' },
      { name: '#1 & 2.gz', address: '/logs/a-1/1' },
    ]);
  });

  it.each([
    '',
    '#',
    '#name=a',
    '#logs=&name=a',
    '#logs=../api&name=a',
    '#logs=a/b&name=a',
    '#logs=//x.example&name=a',
  ])('are none in %j: no address leads elsewhere', (hash) => {
    expect(servedLogs(hash)).toEqual([]);
  });
});
