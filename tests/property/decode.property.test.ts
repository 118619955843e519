import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { isHudhudError } from '../../src/errors';
import {
  decodeLogin,
  decodeMe,
  decodeRefresh,
  decodeStreamStatus,
} from '../../src/protocol/decodeAuth';
import { decodeErrorBody } from '../../src/protocol/decodeErrorBody';
import { decodeFrame } from '../../src/protocol/decodeFrame';
import {
  decodeChannelReply,
  decodeChannels,
  decodeMembers,
  decodeProject,
  decodeProjects,
} from '../../src/protocol/decodeModels';
import {
  decodeMessageReply,
  decodeMessagesPage,
  decodeReactions,
  decodeUnread,
} from '../../src/protocol/decodePages';
import { decodeSnapshot } from '../../src/protocol/decodeSnapshot';
import { serverEventTypes } from '../../src/protocol/serverEvents';
import { decoded } from '../support/decoding';
import { frozen } from '../support/frozen';
import { expectAtMost, expectWithout } from '../support/quickExpect';
import { hostileJson, messageFrame, planted, plantedFrame } from '../support/wireArbitraries';

const eventName = fc.oneof(
  fc.constantFrom(null, '', 'message', '__proto__', ...serverEventTypes),
  fc.string(),
);

const answers = {
  decodeMessagesPage,
  decodeMessageReply,
  decodeReactions,
  decodeUnread,
  decodeChannels,
  decodeChannelReply,
  decodeMembers,
  decodeProjects,
  decodeProject,
  decodeLogin,
  decodeRefresh,
  decodeMe,
  decodeStreamStatus,
  decodeErrorBody,
  decodeSnapshot,
};

/** Plain JSON is what writing and reading gives back. */
function expectPlainJson(value: unknown): void {
  const copy: unknown = JSON.parse(JSON.stringify(value));
  // Jest takes long to say yes, and tells the difference where the answer is no
  if (!isDeepStrictEqual(copy, value)) expect(copy).toStrictEqual(value);
}

describe('decodeFrame', () => {
  it('never throws, and gives plain JSON, for any text', () => {
    fc.assert(
      fc.property(eventName, fc.oneof(fc.string(), fc.json()), (event, data) => {
        expectPlainJson(decodeFrame(frozen({ event, data })));
      }),
      { numRuns: 300 },
    );
  });

  it('never throws, and gives plain JSON, for the wire’s names around hostile values', () => {
    fc.assert(
      fc.property(eventName, hostileJson, (event, data) => {
        const result = decodeFrame({ event, data });
        expectPlainJson(result);
        if ('rejected' in result) expectAtMost(result.rejected.sample.length, 512);
      }),
      { numRuns: 1500 },
    );
  });

  it('decodes a message to the same fact, whatever its spelling and its frame', () => {
    fc.assert(
      fc.property(messageFrame, ({ expected, event, payload }) => {
        expect(decoded(event, payload)).toStrictEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps no planted secret in the sample of a rejected frame', () => {
    fc.assert(
      fc.property(eventName, plantedFrame, (event, data) => {
        const result = decodeFrame({ event, data }, { maxLength: 4_000 });
        fc.pre('rejected' in result);
        expectWithout(JSON.stringify(result), planted);
      }),
      { numRuns: 500 },
    );
  });
});

describe.each(Object.entries(answers))('%s', (_name, decode) => {
  it('gives plain JSON or throws BAD_RESPONSE, for any answer', () => {
    const body = fc.oneof(
      fc.anything(),
      fc.jsonValue(),
      hostileJson.map((text): unknown => JSON.parse(text)),
    );
    fc.assert(
      fc.property(body, (answer) => {
        try {
          expectPlainJson(decode(answer));
        } catch (error) {
          if (!isHudhudError(error) || error.code !== 'BAD_RESPONSE') throw error;
        }
      }),
      { numRuns: 300 },
    );
  });
});
