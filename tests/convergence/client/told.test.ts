import { describe, expect, it } from '@jest/globals';
import {
  created,
  deleted,
  edited,
  general,
  heard,
  messageOf,
  page,
  reply,
  snapshot,
} from '../../support/exampleData';
import { acked, ownOf } from '../../support/wishes';
import { wasTold } from './told';

const pageOfIt = page(1, [messageOf('m0'), messageOf('m1')]);

describe('what a client was told of a message', () => {
  it.each([
    ['a page', pageOfIt],
    ['a snapshot', snapshot(1, { currentChannelId: general, page: pageOfIt.payload })],
    ['a row', reply(1, messageOf('m1'))],
    ['the reply to a send', acked('s1', 1, 2, { message: ownOf('s1', 'm1') })],
    ['the stream', heard(1, created('m0'), created('m1'))],
  ])('is known by %s', (_, action) => {
    expect(wasTold([heard(1, created('m0')), action], 'm1')).toBe(true);
  });

  it('is nothing where others were told of, and where no more than its id was', () => {
    const byIdAlone = heard(2, edited('m1', { content: 'hi' }), deleted('m1'));
    expect(wasTold([heard(1, created('m0')), acked('s0', 1, 2), byIdAlone], 'm1')).toBe(false);
  });
});
