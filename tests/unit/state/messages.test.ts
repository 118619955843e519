import { describe, expect, it } from '@jest/globals';
import type { UnknownAction } from '@reduxjs/toolkit';

import { findMessage } from '../../../src/state/channelLog';
import type { MessageRecord } from '../../../src/state/messageRecord';
import type { MessagesState } from '../../../src/state/messagesState';
import { messagesReducer } from '../../../src/state/messages';
import { findLog, isKnownDeleted } from '../../../src/state/messagesState';
import {
  channelsHeard,
  connection,
  created,
  deleted,
  design,
  edited,
  general,
  heard,
  lina,
  messageOf,
  minute,
  omar,
  page,
  reacted,
  reply,
  salma,
} from '../../support/exampleData';
import { frozen } from '../../support/frozen';
import { rowsOf } from '../../support/visible';

const fold = (...actions: readonly UnknownAction[]): MessagesState =>
  actions.reduce<MessagesState>(
    (state, action) => frozen(messagesReducer(state, action)),
    messagesReducer(undefined, { type: 'start' }),
  );
const get = (state: MessagesState, id: string, channelId: string = general): MessageRecord => {
  const log = findLog(state, channelId);
  const row = log === undefined ? undefined : findMessage(log, id);
  if (row === undefined) throw new Error(`${id} is not held`);
  return row;
};
const idsOf = (state: MessagesState, channelId: string = general): string[] =>
  rowsOf(state, channelId, null).flatMap((row) => (row.isDeleted ? [] : [row.id]));

describe('defects of the client before, which must not come back', () => {
  it('D12: an edit and a delete of a message that came live are taken, not dropped as duplicates', () => {
    const state = fold(heard(1, created('m1'), edited('m1', { content: 'The build is red' })));
    expect(get(state, 'm1').content).toBe('The build is red');
    expect(idsOf(messagesReducer(state, heard(3, deleted('m1'))))).toEqual([]);
  });

  it('D13: a late duplicate does not enter again, however much has come since', () => {
    const since = Array.from({ length: 300 }, (_, i) =>
      created(`n${i}`, { createdAt: minute(2 + i) }),
    );
    const state = fold(heard(1, created('m1')), heard(2, ...since));
    const again = messagesReducer(state, heard(400, created('m1')));
    expect(again).toBe(state);
    expect(idsOf(again)).toHaveLength(301);
  });

  it('D13: a message that says no channel belongs to none and is not appended to the open one', () => {
    const { channelId: _, ...message } = messageOf('m1');
    const event = { type: 'broadcast', op: 'create', message } as const;
    expect(fold(heard(1, event)).channels).toEqual([]);
  });

  it('D14: events of channels that nobody looks at are kept all the same', () => {
    const state = fold(
      heard(1, created('m1'), created('m2', { channelId: design, content: 'الشعار الجديد جاهز' })),
    );
    expect(get(state, 'm2', design).content).toBe('الشعار الجديد جاهز');
  });

  it('D15: a partial edit keeps reactions, files, replies and the author', () => {
    const file = { id: 'f1', name: 'خطة.pdf', mime: null, size: 1, url: null, thumbnailUrl: null };
    const whole = messageOf('m1', { files: [file], threadCount: 2, reactions: [] });
    const state = fold(
      page(1, [whole]),
      heard(5, reacted('m1', salma), edited('m1', { content: 'Better now', updatedAt: minute(5) })),
    );
    expect(get(state, 'm1')).toMatchObject({
      ...{ content: 'Better now', isEdited: true, editedAt: minute(5) },
      ...{ files: [file], threadCount: 2, userId: omar, createdAt: minute(1) },
      reactions: [{ emoji: '👍', count: 1 }],
    });
  });

  it('D16: what arrives out of order stands in order, by time and then by id', () => {
    const state = fold(
      heard(
        1,
        created('m3', { createdAt: minute(3) }),
        created('m1', { createdAt: minute(1) }),
        created('m2b', { createdAt: minute(2) }),
        created('m2a', { createdAt: minute(2) }),
      ),
    );
    expect(idsOf(state)).toEqual(['m1', 'm2a', 'm2b', 'm3']);
  });

  it('D16: without a time the client’s clock stands in until the server says one', () => {
    const { createdAt: _, ...timeless } = messageOf('m1');
    const event = { type: 'message', op: 'create', message: timeless } as const;
    const state = fold(heard(1, event));
    expect(get(state, 'm1')).toMatchObject({ createdAt: minute(2), timeGuessed: true });
    const known = get(messagesReducer(state, page(9, [messageOf('m1')])), 'm1');
    expect(known.createdAt).toBe(minute(1));
    expect(known.timeGuessed).toBeUndefined();
  });

  it('D17: an older page neither overrides a live edit nor brings back what was deleted live', () => {
    const state = fold(
      heard(1, created('m1'), created('m2', { createdAt: minute(2) })),
      heard(5, edited('m1', { content: 'newer' }), deleted('m2')),
      page(4, [messageOf('m1'), messageOf('m2', { createdAt: minute(2) })]),
    );
    expect(get(state, 'm1').content).toBe('newer');
    expect(idsOf(state)).toEqual(['m1']);
  });

  it('D17: an edit and a delete that come before their message have their effect when it comes', () => {
    const state = fold(
      heard(2, edited('m1', { content: 'already edited' }), deleted('m2')),
      page(1, [messageOf('m1'), messageOf('m2')]),
    );
    expect(get(state, 'm1').content).toBe('already edited');
    expect(idsOf(state)).toEqual(['m1']);
  });
});

describe('facts without a channel', () => {
  const remove = { type: 'message', op: 'delete', message: { id: 'm1' } } as const;

  it('find the message that they are about, in the same flush too', () => {
    expect(idsOf(fold(heard(1, created('m1')), heard(2, remove)))).toEqual([]);
    expect(idsOf(fold(heard(1, created('m1'), remove)))).toEqual([]);
  });

  it.each([
    ['an event', heard(9, created('m1'))],
    ['a page', page(1, [messageOf('m1')])],
    ['a reply', reply(1, messageOf('m1'))],
  ])('wait until %s says where their message is', (_name, action) => {
    const waiting = fold(heard(2, remove));
    expect(isKnownDeleted(waiting, general, 'm1')).toBe(true);
    const state = messagesReducer(waiting, action);
    expect(idsOf(state)).toEqual([]);
    expect(state.homeless).toEqual([]);
  });

  it('that had to be let go leave a gap everywhere, and older pages are refused (L6)', () => {
    const many = Array.from({ length: 257 }, (_, i) => ({
      ...remove,
      message: { id: `gone ${i}` },
    }));
    const state = fold(heard(1, created('m1')), heard(2, ...many));
    expect(state.homeless).toHaveLength(256);
    expect(findLog(state, general)?.timelines[0]?.windows.at(-1)?.to).toBe(minute(1));
    expect(messagesReducer(state, page(2, [messageOf('gone 0')]))).toBe(state);
    expect(idsOf(messagesReducer(state, page(3, [messageOf('m5')])))).toContain('m5');
  });
});

describe('reactions of the viewer (L4)', () => {
  const set = (users: readonly string[]) => [
    {
      emoji: '👍',
      count: users.length,
      users: users.map((userId) => ({ userId, username: null, at: null })),
    },
  ];

  it('follow from a frame to everyone, which lists who reacted', () => {
    const mine = (users: readonly string[]) =>
      get(fold(heard(1, created('m1', { reactions: set(users) }))), 'm1').reactions[0]?.mine;
    expect(mine([lina, omar])).toBe(true);
    expect(mine([omar])).toBe(false);
  });
});

describe('channels', () => {
  it('that are deleted take their messages with them', () => {
    const state = fold(
      heard(1, created('m1'), created('m2', { channelId: design })),
      channelsHeard(5, { type: 'channel_event', op: 'deleted', channelId: general }),
    );
    expect(findLog(state, general)).toBeUndefined();
    expect(idsOf(state, design)).toEqual(['m2']);
    const later = messagesReducer(state, heard(6, created('m3', { channelId: design })));
    expect(idsOf(later, design)).toEqual(['m2', 'm3']);
  });

  it.each([
    ['held', [heard(1, created('m1'))]],
    ['not held', []],
  ])(
    'that are deleted while %s are not brought back by a page that was on its way',
    (_, before) => {
      const state = fold(
        ...before,
        channelsHeard(5, { type: 'channel_event', op: 'deleted', channelId: general }),
      );
      expect(idsOf(messagesReducer(state, page(4, [messageOf('m1')])), general)).toEqual([]);
      // made again, or never gone: what was asked for since says so
      expect(idsOf(messagesReducer(state, page(6, [messageOf('m1')])), general)).toEqual(['m1']);
    },
  );

  it('with a stream of their own lose only their own live window when it breaks', () => {
    const state = fold(
      heard(1, created('m1'), created('m2', { channelId: design })),
      connection('waiting', 1, `channel:${design}`),
    );
    const end = (id: string) => findLog(state, id)?.timelines[0]?.windows.at(-1)?.to;
    expect(end(general)).toBeNull();
    expect(end(design)).toBe(minute(1));
  });
});
