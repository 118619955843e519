import { describe, expect, it } from '@jest/globals';

import type { ServerEvent } from '../../../src/protocol/serverEvents';
import type { Continuity } from '../../../src/transport/continuity';
import { createContinuity } from '../../../src/transport/continuity';

const init = { type: 'init' } as ServerEvent;
const message = { type: 'channel_message' } as ServerEvent;
const ping = { type: 'ping' } as ServerEvent;

/** A first connection has told events up to an id; the second one asks to go on after it. */
function resumed(greetingId: string | null = '1'): Continuity {
  const continuity = createContinuity();
  continuity.begin(1, null, 'sse');
  continuity.note(greetingId, init);
  continuity.note('7', message);
  continuity.moved();
  expect(continuity.take()).toBeUndefined();
  continuity.begin(2, '7', 'sse');
  return continuity;
}

describe('proof of continuity', () => {
  it.each<[string, (continuity: Continuity) => void]>([
    [
      'the source says so',
      (continuity) => {
        continuity.said(true);
      },
    ],
    [
      'the very id comes again',
      (continuity) => {
        continuity.note('7', message);
      },
    ],
    [
      'the very id comes again with the greeting',
      (continuity) => {
        continuity.note('7', init);
      },
    ],
    [
      'the greeting moves no id, where one that began anew did',
      (continuity) => {
        continuity.note(null, init);
      },
    ],
  ])('is that %s', (_name, show) => {
    const continuity = resumed();
    continuity.note(null, ping);
    expect(continuity.take()).toBeUndefined();
    show(continuity);
    expect(continuity.take()).toBe(1);
    // told once
    continuity.note('9', init);
    expect(continuity.take()).toBeUndefined();
  });

  it.each<[string, (continuity: Continuity) => void]>([
    [
      'the source says that something was lost',
      (continuity) => {
        continuity.said(false);
      },
    ],
    [
      'the greeting moves to another id',
      (continuity) => {
        continuity.note('9', init);
      },
    ],
    [
      'an event comes before any proof',
      (continuity) => {
        continuity.note('8', message);
      },
    ],
  ])('is missing where %s', (_name, show) => {
    const continuity = resumed();
    show(continuity);
    expect(continuity.take()).toBeNull();
    continuity.note('7', message);
    expect(continuity.take()).toBeUndefined();
  });

  it('is no greeting without an id of a server whose greetings never have one', () => {
    const continuity = resumed(null);
    continuity.note(null, init);
    expect(continuity.take()).toBeUndefined();
    continuity.note('8', message);
    expect(continuity.take()).toBeNull();
  });

  it('is no greeting of a source of which no greeting was heard that began anew', () => {
    const continuity = resumed();
    continuity.begin(3, '7', 'longPoll');
    continuity.note(null, init);
    expect(continuity.take()).toBeUndefined();
    continuity.begin(4, '7', 'sse');
    continuity.note(null, init);
    expect(continuity.take()).toBe(1);
  });

  it('is not looked for where nothing was asked for, or what was told in another life', () => {
    const continuity = createContinuity();
    for (const asked of [null, '7']) {
      continuity.begin(1, asked, 'sse');
      continuity.note('7', init);
      continuity.said(true);
      expect(continuity.take()).toBeUndefined();
    }
  });

  it('reaches back over connections that brought nothing new', () => {
    const continuity = resumed();
    continuity.begin(3, '7', 'sse');
    continuity.note(null, init);
    expect(continuity.take()).toBe(1);
    continuity.note('8', message);
    continuity.moved();
    continuity.begin(4, '8', 'sse');
    continuity.note(null, init);
    expect(continuity.take()).toBe(3);
  });
});
