import { describe, expect, it } from '@jest/globals';
import type { UnknownAction } from '@reduxjs/toolkit';

import { connectionChanged, pollingChanged } from '../../../src/actions/connection';
import { noticeDismissed } from '../../../src/actions/notices';
import { operationFailed, uploadFailed } from '../../../src/actions/outbox';
import { sessionEnded, sessionStarted } from '../../../src/actions/session';
import { noticesReceived } from '../../../src/actions/stream';
import type { ConnectionSnapshot } from '../../../src/protocol/connectionSnapshot';
import type { NoticesState } from '../../../src/state/notices';
import { noticesReducer } from '../../../src/state/notices';
import { connection, lina, minute } from '../../support/exampleData';
import { frozen } from '../../support/frozen';

const start = noticesReducer(undefined, { type: 'start' });
const fold = (state: NoticesState, ...actions: readonly UnknownAction[]): NoticesState =>
  actions.reduce<NoticesState>((held, action) => frozen(noticesReducer(held, action)), state);
const notice = (text: string, timestamp: number | null = null) =>
  ({ type: 'broadcast', op: 'notice', level: 'system', text, timestamp }) as const;
const heard = (ordinal: number, ...texts: readonly string[]) =>
  frozen(
    noticesReceived({
      ...{ stream: 'main', epoch: 1, ordinal, receivedAt: minute(2) },
      events: texts.map((text) => notice(text)),
    }),
  );
const changed = (more: Partial<ConnectionSnapshot>) =>
  frozen(connectionChanged({ ...connection('open').payload, ...more }));
const codesOf = ({ list }: NoticesState) => list.map(({ code }) => code);

describe('announcements', () => {
  it('are kept in the order in which they came, with the server’s time or the client’s', () => {
    const state = fold(start, heard(7, 'Maintenance at ten', 'صيانة في العاشرة'));
    const rest = { code: 'ANNOUNCEMENT', level: 'system', cause: null, count: 1, at: minute(2) };
    expect(state.list).toEqual([
      { ...rest, id: 'announcement:7', text: 'Maintenance at ten' },
      { ...rest, id: 'announcement:8', text: 'صيانة في العاشرة' },
    ]);
    const timed = noticesReceived({
      ...{ stream: 'main', epoch: 1, ordinal: 9, receivedAt: minute(2) },
      events: [notice('later', minute(1))],
    });
    expect(fold(state, timed).list.at(-1)?.at).toBe(minute(1));
  });

  it('are bounded: the newest fifty stay', () => {
    const texts = Array.from({ length: 60 }, (_, i) => `notice ${i}`);
    const { list } = fold(start, heard(1, ...texts));
    expect(list).toHaveLength(50);
    expect(list[0]?.text).toBe('notice 10');
  });

  it('are taken once, also after they were dismissed', () => {
    const state = fold(start, heard(7, 'once'));
    expect(noticesReducer(state, heard(7, 'once'))).toBe(state);
    const dismissed = fold(state, noticeDismissed({ id: 'announcement:7' }));
    expect(dismissed.list).toEqual([]);
    expect(noticesReducer(dismissed, heard(7, 'once'))).toBe(dismissed);
  });

  it('come together where they say the same, as the newest of all', () => {
    const state = fold(start, heard(1, 'again', 'other'), heard(3, 'again'));
    expect(state.list.map(({ id, text, count }) => [id, text, count])).toEqual([
      ['announcement:2', 'other', 1],
      ['announcement:1', 'again', 2],
    ]);
  });
});

describe('what goes wrong', () => {
  const failed = (code: 'FORBIDDEN' | 'CONFLICT' | 'ABORTED', retryAt: number | null = null) =>
    operationFailed({ opId: 'o', code, retryAt });

  it('is told once per reason, with how often it was', () => {
    const state = fold(
      start,
      failed('FORBIDDEN'),
      failed('CONFLICT'),
      failed('FORBIDDEN'),
      uploadFailed({ uploadId: 'u', code: 'FORBIDDEN' }),
    );
    expect(state.list).toMatchObject([
      { code: 'OPERATION_FAILED', cause: 'CONFLICT', count: 1, level: 'alert', text: null },
      { code: 'OPERATION_FAILED', cause: 'FORBIDDEN', count: 2 },
      { code: 'UPLOAD_FAILED', cause: 'FORBIDDEN', count: 1 },
    ]);
  });

  it('is not told where it will be tried again, or was called off', () => {
    const quiet = [
      failed('CONFLICT', 5),
      failed('ABORTED'),
      uploadFailed({ uploadId: 'u', code: 'ABORTED' }),
    ];
    for (const action of quiet) expect(noticesReducer(start, action)).toBe(start);
  });

  it('counts anew once it was dismissed', () => {
    const id = 'OPERATION_FAILED:CONFLICT';
    const state = fold(start, failed('CONFLICT'), noticeDismissed({ id }), failed('CONFLICT'));
    expect(state.list).toMatchObject([{ id, count: 1 }]);
  });
});

describe('the connection', () => {
  const lost = { lostAt: minute(1), since: minute(2) };

  it.each([
    ['failed', 'CONNECTION_FAILED', 'STREAM_REFUSED'],
    ['authRequired', 'SIGN_IN_REQUIRED', 'UNAUTHORIZED'],
  ] as const)('that is %s is told once, until it is open again', (phase, code, cause) => {
    const broken = changed({ ...lost, phase, error: { code: cause } });
    const state = fold(start, broken);
    expect(state.list).toEqual([
      { id: code, code, level: 'alert', text: null, cause, count: 1, at: minute(2) },
    ]);
    const retried = fold(state, changed({ ...lost, phase: 'connecting' }), broken);
    expect(retried).toBe(state);
    const dismissed = fold(state, noticeDismissed({ id: code }), broken);
    expect(dismissed.list).toEqual([]);
    const open = fold(dismissed, changed({ phase: 'open' }));
    expect(fold(open, broken).list).toHaveLength(1);
    expect(fold(state, changed({ phase: 'open' })).list).toEqual([]);
    expect(fold(state, changed({ phase: 'idle' })).list).toEqual([]);
  });

  it('asks nobody to sign in who has not been in yet', () => {
    expect(noticesReducer(start, changed({ phase: 'authRequired' }))).toBe(start);
  });

  it('of a single channel is no news', () => {
    const other = changed({ ...lost, stream: 'channel:x', phase: 'failed' });
    expect(noticesReducer(start, other)).toBe(start);
  });

  it('needs no sign-in any more as soon as there was one', () => {
    const state = fold(start, changed({ ...lost, phase: 'authRequired' }));
    expect(codesOf(fold(state, sessionStarted({ user: { id: lina } })))).toEqual([]);
  });
});

describe('that it comes late', () => {
  const polling = (isPolling: boolean) => frozen(pollingChanged({ isPolling, at: minute(3) }));
  const lost = { lostAt: minute(1), since: minute(2) };
  const failed = changed({ ...lost, phase: 'failed', error: { code: 'STREAM_REFUSED' } });
  const late = {
    ...{ id: 'DEGRADED', code: 'DEGRADED', level: 'system', text: null, cause: null, count: 1 },
  };

  it('is told where it comes by long polling, until another way is open', () => {
    const open = changed({ phase: 'open', source: 'longPoll', since: minute(2) });
    const state = fold(start, open);
    expect(state.list).toEqual([{ ...late, at: minute(2) }]);
    expect(noticesReducer(state, open)).toBe(state);
    // tries in between are no news
    const trying = changed({ ...lost, phase: 'connecting' });
    expect(noticesReducer(state, trying)).toBe(state);
    expect(fold(state, changed({ phase: 'open', source: 'sse' })).list).toEqual([]);
  });

  it('is told where it comes by polls, in place of that the connection failed, until it does not', () => {
    const state = fold(start, failed, polling(true));
    expect(state.list).toEqual([{ ...late, at: minute(3) }]);
    expect(noticesReducer(state, polling(true))).toBe(state);
    // who knows that it comes late need not be told why
    expect(codesOf(fold(state, failed))).toEqual(['DEGRADED']);
    expect(fold(state, polling(false)).list).toEqual([]);
    // and is told again once it is nothing but failed
    expect(codesOf(fold(state, polling(false), failed))).toEqual(['CONNECTION_FAILED']);
  });

  it('holds while a stream is open that has brought nothing yet', () => {
    const state = fold(start, polling(true), changed({ phase: 'open', source: 'sse' }));
    expect(codesOf(state)).toEqual(['DEGRADED']);
    expect(codesOf(fold(state, polling(false)))).toEqual([]);
  });

  it('is told once, also where it was dismissed', () => {
    const state = fold(start, polling(true), noticeDismissed({ id: 'DEGRADED' }), failed);
    expect(state.list).toEqual([]);
    expect(codesOf(fold(state, polling(false), polling(true)))).toEqual(['DEGRADED']);
  });

  it('gives way to that somebody has to sign in, also where nothing was lost before', () => {
    const asked = changed({ phase: 'authRequired', lostAt: null });
    expect(codesOf(fold(start, polling(true), asked))).toEqual(['SIGN_IN_REQUIRED']);
  });

  it('is over when the stream is stopped', () => {
    expect(fold(start, polling(true), changed({ phase: 'idle' })).list).toEqual([]);
  });
});

it('nothing is told to who comes after', () => {
  const state = fold(start, heard(7, 'once'), sessionEnded({ reason: 'logout' }));
  expect(state).toBe(start);
});
