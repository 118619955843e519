import { describe, expect, it } from '@jest/globals';

import { historyEvicted } from '../../../src/actions/eviction';
import { createSelectors } from '../../../src/selectors/createSelectors';
import { createChannelLog } from '../../../src/state/channelLog';
import { keepNewest } from '../../../src/state/evict';
import type { MessagesState } from '../../../src/state/messagesState';
import { messagesReducer } from '../../../src/state/messages';
import { findLog, isKnownDeleted, trustedFrom } from '../../../src/state/messagesState';
import {
  created,
  deleted,
  general,
  heard,
  messageOf,
  minute,
  page,
  reply,
} from '../../support/exampleData';
import { frozen } from '../../support/frozen';

const messages = Array.from({ length: 100 }, (_, i) =>
  created(`m${i}`, { createdAt: minute(i), content: `message ${i}` }),
);
const start = messagesReducer(undefined, { type: 'start' });
const state = frozen(messagesReducer(start, heard(1, ...messages)));
const evict = (from: MessagesState, before: number | null, keptThreads?: readonly string[]) => {
  const one = { channelId: general, before, ...(keptThreads === undefined ? {} : { keptThreads }) };
  return messagesReducer(from, historyEvicted({ ordinal: 500, channels: [one] }));
};
const ids = (of: MessagesState): string[] =>
  (findLog(of, general)?.timelines ?? []).flatMap(({ segments }) =>
    segments.flat().map(({ id }) => id),
  );

describe('history/evicted', () => {
  it('drops what is older, and cuts windows to the millisecond before', () => {
    const next = evict(state, minute(90));
    expect(ids(next)).toEqual(messages.slice(90).map(({ message }) => message.id));
    expect(findLog(next, general)).toMatchObject({
      size: 10,
      timelines: [{ windows: [{ from: minute(90) - 1, to: null }] }],
    });
  });

  it('changes nothing where nothing is older, or nothing is held', () => {
    expect(evict(state, minute(0))).toBe(state);
    expect(evict(start, minute(5))).toBe(start);
    expect(evict(start, null)).toBe(start);
  });

  it('takes the threads of what goes along, but for the kept ones', () => {
    const threads = [1, 2, 95].map((n) =>
      created(`r${n}`, { parentId: `m${n}`, createdAt: minute(200 + n) }),
    );
    const orphan = created('r', { parentId: 'unknown', createdAt: minute(80) });
    const full = messagesReducer(state, heard(200, ...threads, orphan));
    const left = ids(evict(full, minute(90), ['m2'])).filter((id) => id.startsWith('r'));
    expect(left).toEqual(['r2', 'r95']);
  });

  it('refuses what was asked for before, and takes what is asked for later', () => {
    const next = evict(state, minute(90));
    expect(trustedFrom(next, general)).toBe(500);
    const old = [messageOf('m1', { createdAt: minute(1) })];
    expect(messagesReducer(next, page(499, old))).toBe(next);
    expect(ids(messagesReducer(next, page(500, old)))).toContain('m1');
  });

  it('takes the reply to a send that was on its way, and no old row', () => {
    const next = evict(state, minute(90));
    const sent = reply(499, messageOf('new', { createdAt: minute(101) }));
    expect(ids(messagesReducer(next, sent))).toContain('new');
    const late = reply(499, messageOf('m1', { createdAt: minute(1) }));
    expect(messagesReducer(next, late)).toBe(next);
    const orphan = reply(499, messageOf('r', { parentId: 'm1', createdAt: minute(101) }));
    expect(messagesReducer(next, orphan)).toBe(next);
  });

  it.each([minute(90), null])('remembers what was deleted (before %p)', (before) => {
    const next = evict(messagesReducer(state, heard(200, deleted('m7'))), before);
    expect(isKnownDeleted(next, general, 'm7')).toBe(true);
    expect(isKnownDeleted(next, general, 'm8')).toBe(false);
    // a stream that is behind tells of its creation only now
    const root = { hudhud: { messages: messagesReducer(next, heard(600, created('m7'))) } };
    expect(createSelectors().selectMessage(root, general, 'm7')?.isDeleted).toBe(true);
  });

  it('forgets a channel as a whole, and remembers from when on to trust its pages', () => {
    const next = evict(state, null);
    expect(findLog(next, general)).toBeUndefined();
    expect(trustedFrom(next, general)).toBe(500);
    expect(messagesReducer(next, page(499, [messageOf('m1')]))).toBe(next);
    expect(ids(messagesReducer(next, page(500, [messageOf('m1')])))).toEqual(['m1']);
  });
});

describe('keepNewest', () => {
  const log = findLog(state, general) ?? createChannelLog(general, 0);

  it('is the moment from which on no more than so many are held', () => {
    expect(keepNewest(log, 10)).toBe(minute(90));
    expect(keepNewest(log, 100)).toBeNull();
  });

  it('counts replies with their parents, and those of no parent with the last of them', () => {
    const replyTo = (parentId: string, id: string, at: number) =>
      created(id, { createdAt: minute(at), parentId });
    const replies = Array.from({ length: 4 }, (_, i) => replyTo('m95', `r${i}`, 200 + i));
    const stray = replyTo('gone', 's', 98);
    const next = findLog(messagesReducer(state, heard(300, ...replies, stray)), general) ?? log;
    // m99, m98 and the stray, m97, m96, m95 with four replies
    expect(keepNewest(next, 5)).toBe(minute(96));
    expect(keepNewest(next, 9)).toBe(minute(96));
    expect(keepNewest(next, 10)).toBe(minute(95));
  });

  it('never cuts a millisecond in two, and keeps the newest one whole', () => {
    const equal = Array.from({ length: 5 }, (_, i) => created(`x${i}`, { createdAt: minute(200) }));
    const next = findLog(messagesReducer(state, heard(300, ...equal)), general) ?? log;
    expect(keepNewest(next, 3)).toBe(minute(200));
    expect(keepNewest(next, 6)).toBe(minute(99));
  });
});
