import { describe, expect, it } from '@jest/globals';

import { decodeFrame } from '../../../src/protocol/decodeFrame';
import { decodePoll, toPolledFrame } from '../../../src/protocol/decodePoll';

describe('decodePoll', () => {
  it('takes the frames as the stream would have sent them', () => {
    const data = { timestamp: '2025-09-01T08:00:00.000Z' };
    const answer = decodePoll({
      success: true,
      events: [{ event: 'ping', id: '7', data }, { data: { type: 'ping', data } }],
      cursor: 'a-8',
      continuous: true,
    });
    expect(answer).toMatchObject({ cursor: 'a-8', isWhole: true });
    expect(answer.frames.map(({ event, id }) => [event, id])).toEqual([
      ['ping', '7'],
      [null, null],
    ]);
    for (const frame of answer.frames) {
      expect(decodeFrame(frame)).toMatchObject({ event: { type: 'ping' } });
    }
  });

  it('is tolerant of a cursor that is a number, an envelope, and what is not said', () => {
    expect(decodePoll({ data: { events: [], cursor: 8 } })).toEqual({
      ...{ frames: [], cursor: '8', isWhole: null },
    });
    expect(decodePoll({ events: null, cursor: 'x', continuous: 'yes' })).toMatchObject({
      frames: [],
      isWhole: null,
    });
  });

  it.each([
    ['no object', []],
    ['a page of somebody in between', '<html>'],
    ['no cursor', { events: [] }],
    ['an empty cursor', { events: [], cursor: '' }],
    ['no events', { cursor: 'x' }],
    ['events that are no list', { events: {}, cursor: 'x' }],
    ['success: false', { success: false, events: [], cursor: 'x' }],
  ])('refuses %s', (_name, body) => {
    expect(() => decodePoll(body)).toThrow(expect.objectContaining({ code: 'BAD_RESPONSE' }));
  });
});

describe('toPolledFrame', () => {
  it('leaves text as it is, and makes text of the rest', () => {
    expect(toPolledFrame({ event: 'x', id: 7, data: 'as it is' })).toEqual({
      ...{ event: 'x', id: '7', data: 'as it is' },
    });
    expect(toPolledFrame({ event: 5, data: [1] })).toEqual({ event: null, id: null, data: '[1]' });
  });

  it.each([null, 5, 'text', [], {}, { event: 'message' }])(
    'makes of %j what is refused, not a crash',
    (row) => {
      expect(decodeFrame(toPolledFrame(row))).toHaveProperty('rejected');
    },
  );
});

it('a frame whose data JSON can say and not write is refused like any other, and takes no other along', () => {
  const deep: unknown = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
  const { frames } = decodePoll({
    events: [
      { event: 'message', id: '1', data: deep },
      { event: 'ping', id: '2', data: {} },
    ],
    cursor: 'c2',
  });
  expect(frames).toEqual([
    { event: 'message', id: '1', data: '' },
    { event: 'ping', id: '2', data: '{}' },
  ]);
});
