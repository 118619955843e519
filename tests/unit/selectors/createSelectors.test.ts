import { describe, expect, it } from '@jest/globals';

import { loadFailed } from '../../../src/actions/load';
import { isHudhudError } from '../../../src/errors';
import { createSelectors } from '../../../src/selectors/createSelectors';
import { createRootReducer } from '../../../src/state/rootReducer';

const reduce = createRootReducer('hudhud');
const state = reduce(undefined, { type: 'start' });

describe('createSelectors', () => {
  it('finds the state where the host has mounted it', () => {
    expect(createSelectors('chat').selectHudhud({ chat: state })).toBe(state);
    expect(createSelectors().selectHudhud({ hudhud: state })).toBe(state);
  });

  it('says what to do when it is not mounted', () => {
    const select = createSelectors('chat');
    for (const selector of [select.selectHudhud, select.selectChannels, select.selectOnlineUsers]) {
      try {
        selector({ hudhud: state });
        throw new Error('did not throw');
      } catch (error) {
        expect(isHudhudError(error) && error.code).toBe('NOT_MOUNTED');
        expect(String(error)).toContain('"chat"');
      }
    }
  });

  it('tells of requests and notices', () => {
    const root = { hudhud: reduce(state, loadFailed({ key: 'workspace', code: 'TIMEOUT' })) };
    const select = createSelectors();
    expect(select.selectLoad(root, 'workspace')).toMatchObject({
      status: 'failed',
      code: 'TIMEOUT',
    });
    expect(select.selectLoad(root, 'other')).toBeNull();
    expect(select.selectNotices(root)).toEqual([]);
  });
});
