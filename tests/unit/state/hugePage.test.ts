import { expect, it } from '@jest/globals';
import { newerRange, pageRange } from '../../../src/actions/pageRange';
import { readHistory } from '../../../src/middleware/historyPages';
import { findMessage } from '../../../src/state/channelLog';
import { findLog } from '../../../src/state/messagesState';
import { asked, general, messageOf, minute, page, snapshot } from '../../support/exampleData';
import { after, rootOf } from '../../support/roots';

// more rows than a call may have arguments
const many = 130_000;
const messages = Array.from({ length: many }, (_unused, i) =>
  messageOf(`m${i}`, { createdAt: minute(0) + i }),
);
const last = minute(0) + many - 1;
const range = { from: minute(0), to: last };

it('a page of 130,000 rows is measured', () => {
  const answer = { hasMore: true, messages, isLive: false };
  expect(pageRange({ ...answer, before: null })).toEqual(range);
  const newer = { after: minute(0) - 1, edge: minute(0), isPast: true };
  expect(newerRange({ ...answer, ...newer })).toEqual(range);
});

it('a page of 130,000 rows is asked for', async () => {
  const rejected = { rejected: [], users: [], oldestId: null, newestId: null };
  const answer = { ...rejected, messages, hasMore: true };
  const reader = { pageSize: 50, get: () => Promise.resolve(answer), isLive: () => false };
  const plan = { kind: 'around', edge: last, anchor: null, isPast: true } as const;
  await expect(readHistory(reader, plan)).resolves.toHaveLength(2);
});

it('a page of 130,000 rows is taken in, among others and with a snapshot', () => {
  const between = messages.filter((_row, i) => i === 0 || i === many - 1);
  const root = rootOf(
    page(2, between, { range }),
    page(3, messages, { range }),
    page(4, between, { range }),
  );
  const whole = { ...page(5, messages, { range }).payload, ...asked(5, { oldestInFlight: 4 }) };
  const next = after(root, snapshot(5, { page: whole }));
  const log = findLog(next.hudhud.messages, general);
  expect(log && findMessage(log, `m${many - 1}`)).toMatchObject({ createdAt: last });
});
