import { describe, expect, it } from '@jest/globals';

import { findMessage, readFloor, timelineOf } from '../../../src/state/channelLog';
import type { MessagesState } from '../../../src/state/messagesState';
import { messagesReducer } from '../../../src/state/messages';
import { findLog } from '../../../src/state/messagesState';
import {
  created,
  edited,
  general,
  heard,
  messageOf,
  minute,
  page,
} from '../../support/exampleData';

const start = messagesReducer(undefined, { type: 'start' });
const find = (state: MessagesState, id: string) => {
  const log = findLog(state, general);
  return log === undefined ? undefined : findMessage(log, id);
};

describe('findMessage', () => {
  it('finds messages and replies by id, and nothing else', () => {
    const state = messagesReducer(
      start,
      heard(1, created('m1'), created('r1', { parentId: 'm1' })),
    );
    expect(find(state, 'm1')?.id).toBe('m1');
    expect(find(state, 'r1')?.parentId).toBe('m1');
    expect(find(state, 'toString')).toBeUndefined();
  });

  it('is right in every version of a log, whatever became of the others', () => {
    const base = messagesReducer(start, heard(1, created('m1')));
    const one = messagesReducer(base, heard(5, created('x', { createdAt: minute(2) })));
    const two = messagesReducer(base, heard(5, created('x', { createdAt: minute(3) })));
    expect(find(base, 'x')).toBeUndefined();
    expect(find(one, 'x')?.createdAt).toBe(minute(2));
    expect(find(two, 'x')?.createdAt).toBe(minute(3));
  });

  it('lets a change find its message where another version has moved it', () => {
    const { createdAt: _, ...timeless } = messageOf('m1');
    const event = { type: 'message', op: 'create', message: timeless } as const;
    const between = created('m0', { createdAt: minute(1.5) });
    const base = messagesReducer(start, heard(1, event, between));
    messagesReducer(base, page(5, [messageOf('m1')]));
    const twice = heard(6, edited('m1', { content: 'once' }), edited('m1', { threadCount: 1 }));
    expect(find(messagesReducer(base, twice), 'm1')).toMatchObject({
      ...{ content: 'once', threadCount: 1 },
    });
  });

  it('is right in a copy of the state', () => {
    const state = messagesReducer(start, heard(1, created('m1')));
    expect(find(JSON.parse(JSON.stringify(state)) as MessagesState, 'm1')?.id).toBe('m1');
  });
});

describe('readFloor', () => {
  const reads = [
    { from: 10, to: 20, asOf: 5 },
    { from: null, to: 15, asOf: 7 },
  ];

  it.each([
    ['inside both', 12, 7],
    ['inside one', 17, 5],
    ['at an edge', 20, 0],
    ['nowhere', 30, 0],
  ])('is the newest page that covered a moment: %s', (_name, at, floor) => {
    expect(readFloor(reads, at)).toBe(floor);
  });
});

describe('a log with many threads', () => {
  const threads = Array.from({ length: 50 }, (_, i) => `m${i}`);
  const state = messagesReducer(
    start,
    heard(
      1,
      ...threads.map((id, i) => created(id, { createdAt: minute(i) })),
      ...threads.map((id, i) => created(`r${i}`, { parentId: id, createdAt: minute(100 + i) })),
    ),
  );
  const logOf = (of: MessagesState) => findLog(of, general);

  it('copies nothing of the threads that an event does not touch', () => {
    const next = messagesReducer(
      state,
      heard(200, created('x', { parentId: 'm7', createdAt: minute(200) })),
    );
    const [before, after] = [logOf(state)?.timelines ?? [], logOf(next)?.timelines ?? []];
    expect(after.filter((timeline, i) => timeline !== before[i])).toMatchObject([
      { parentId: 'm7' },
    ]);
  });

  it('finds a thread in every version, whatever slot it has in another', () => {
    const add = (...parents: string[]) =>
      messagesReducer(
        state,
        heard(
          200,
          ...parents.map((parentId) =>
            created(`n${parentId}`, { parentId, createdAt: minute(300) }),
          ),
        ),
      );
    const [one, two] = [add('a', 'b'), add('b', 'c')];
    for (const [version, parentId] of [
      [one, 'a'],
      [one, 'b'],
      [two, 'b'],
      [two, 'c'],
    ] as const) {
      const log = logOf(version);
      expect(log && timelineOf(log, parentId)?.parentId).toBe(parentId);
    }
    const log = logOf(one);
    expect(log && timelineOf(log, 'c')).toBeUndefined();
  });

  it('knows how many messages it holds', () => {
    expect(logOf(state)?.size).toBe(100);
  });
});
