import { describe, expect, it } from '@jest/globals';

import { noticesReceived } from '../../../src/actions/stream';
import { noticesReducer } from '../../../src/state/notices';
import { minute } from '../../support/exampleData';
import { frozen } from '../../support/frozen';

const start = noticesReducer(undefined, { type: 'start' });
const notice = (text: string, timestamp: number | null = null) =>
  ({ type: 'broadcast', op: 'notice', level: 'system', text, timestamp }) as const;
const heard = (ordinal: number, ...texts: readonly string[]) =>
  frozen(
    noticesReceived({
      ...{ stream: 'main', epoch: 1, ordinal, receivedAt: minute(2) },
      events: texts.map((text) => notice(text)),
    }),
  );

describe('notices', () => {
  it('are kept in the order in which they came, with the server’s time or the client’s', () => {
    const state = noticesReducer(start, heard(7, 'Maintenance at ten', 'صيانة في العاشرة'));
    expect(state).toEqual([
      { id: 7, level: 'system', text: 'Maintenance at ten', at: minute(2) },
      { id: 8, level: 'system', text: 'صيانة في العاشرة', at: minute(2) },
    ]);
    const timed = noticesReceived({
      ...{ stream: 'main', epoch: 1, ordinal: 9, receivedAt: minute(2) },
      events: [notice('later', minute(1))],
    });
    expect(noticesReducer(state, timed).at(-1)?.at).toBe(minute(1));
  });

  it('are bounded: the newest fifty stay', () => {
    const texts = Array.from({ length: 60 }, (_, i) => `notice ${i}`);
    const state = noticesReducer(start, heard(1, ...texts));
    expect(state).toHaveLength(50);
    expect(state[0]?.text).toBe('notice 10');
  });

  it('are taken once', () => {
    const state = noticesReducer(start, heard(7, 'once'));
    expect(noticesReducer(state, heard(7, 'once'))).toBe(state);
  });
});
