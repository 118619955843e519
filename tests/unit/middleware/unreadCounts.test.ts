import { describe, expect, it } from '@jest/globals';

import { toCountsReceived } from '../../../src/middleware/unreadCounts';
import { createSelectors } from '../../../src/selectors/createSelectors';
import { createRootReducer } from '../../../src/state/rootReducer';
import { asked, design, general, messageOf, minute, page } from '../../support/exampleData';

describe('a list of bare counts', () => {
  it('gets the newest message that is held of each channel, which no reducer could know', () => {
    const reduce = createRootReducer('hudhud');
    const rows = [messageOf('m1'), messageOf('m2', { createdAt: minute(4) })];
    const hudhud = reduce(reduce(undefined, { type: 'start' }), page(2, rows));
    const answer = { total: 5, channels: { [general]: 3, [design]: 2 }, rejected: [] };
    const given = { ...asked(7), isLive: true };
    expect(toCountsReceived(createSelectors(), { hudhud }, answer, given)).toEqual({
      ...given,
      counts: [
        { channelId: general, count: 3, lastAt: minute(4) },
        { channelId: design, count: 2, lastAt: null },
      ],
    });
  });
});
