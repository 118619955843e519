import { describe, expect, it } from '@jest/globals';
import type { UnknownAction } from '@reduxjs/toolkit';
import type { HistoryWanted } from '../../../src/actions/command';
import { keyOf, loadFailed } from '../../../src/actions/load';
import type { HudhudErrorCode } from '../../../src/errors';
import { lookFor } from '../../../src/middleware/outboxLook';
import type { SendSince } from '../../../src/protocol/operations';
import { createSelectors } from '../../../src/selectors/createSelectors';
import { findOperation } from '../../../src/state/outboxState';
import type { HudhudState } from '../../../src/state/rootReducer';
import { createRootReducer } from '../../../src/state/rootReducer';
import {
  connection,
  created,
  general,
  heard,
  messageOf,
  minute,
  page,
} from '../../support/exampleData';
import { acked, began, doubted, own, ownOf, sendWished } from '../../support/wishes';

const selectors = createSelectors();
const reduce = createRootReducer('hudhud');
const since: SendSince = { at: minute(3), ids: [] };
/** A backend that gave a nonce back before. */
const givesNonces = [
  ...[sendWished('s0'), began('s0', 1), acked('s0', 1, 2, { message: ownOf('s0', 'm0') })],
];

/** Looks for s1, with what each page that is asked for brings. */
async function look(
  pages: readonly (readonly UnknownAction[])[],
  {
    before = [],
    known = since,
    refusal = 'NETWORK',
  }: {
    before?: readonly UnknownAction[];
    known?: SendSince | null;
    /** Why a page is not brought. */
    refusal?: HudhudErrorCode;
  } = {},
) {
  const inDoubt = [sendWished('s1'), began('s1', 5, { since: known }), doubted('s1')];
  let state: HudhudState = [connection('open'), ...before, ...inDoubt].reduce(
    reduce,
    reduce(undefined, { type: 'start' }),
  );
  const store = {
    getState: () => ({ hudhud: state }),
    dispatch: <A extends UnknownAction>(action: A): A => {
      state = reduce(state, action);
      return action;
    },
  };
  const wanted: HistoryWanted[] = [];
  const loader = {
    page(one: HistoryWanted, isFresh = false) {
      expect(isFresh).toBe(true);
      const brought = pages[wanted.length];
      const failure = loadFailed({ key: keyOf(one), code: refusal }, 'hudhud');
      (brought ?? [failure]).forEach(store.dispatch);
      wanted.push(one);
      return Promise.resolve(brought !== undefined);
    },
  };
  const held = findOperation(state.outbox, 's1');
  if (held?.kind !== 'send') throw new Error('nothing is in doubt');
  return { result: await lookFor({ selectors, pageSize: 3 }, store, loader, held), wanted };
}

const rangeFrom = (from: number | null) => ({ range: { from, to: null } });
const others = (from: number | null, asOf = 10) =>
  page(asOf, [messageOf('m5', { createdAt: minute(8) })], rangeFrom(from));
const newest = { channelId: general, parentId: null, side: 'newest' };

describe('looking for a send that may have worked', () => {
  it('ends at once when a page settles it', async () => {
    const { result, wanted } = await look([[page(10, [ownOf('s1', 'm1')], rangeFrom(minute(5)))]]);
    expect(result).toBe('gone');
    expect(wanted).toEqual([newest]);
  });

  it('is sure that it is absent once all from before it was sent until now was read', async () => {
    expect(await look([[others(null)]])).toEqual({ result: 'absent', wanted: [newest] });
    expect(await look([[others(minute(3))]])).toEqual({ result: 'absent', wanted: [newest] });
  });

  it('reads further back where a page does not reach that far', async () => {
    const { result, wanted } = await look([
      [others(minute(7))],
      [page(11, [], { range: { from: minute(5), to: minute(7) + 1 } })],
      [page(12, [], { range: { from: minute(2), to: minute(5) + 1 } })],
    ]);
    expect(result).toBe('absent');
    expect(wanted).toEqual([
      newest,
      { ...newest, side: 'older', edge: minute(7) },
      { ...newest, side: 'older', edge: minute(5) },
    ]);
  });

  it('reads on where the stream alone has covered what the page does not reach (echoes may be left out)', async () => {
    const told = (n: number) => messageOf(`m${n}`, { createdAt: minute(n) });
    const rows = (...ns: readonly number[]) => ns.map(told);
    const before = [
      page(1, rows(2), rangeFrom(null)),
      heard(6, ...[5, 6, 7, 8].map((n) => created(`m${n}`, told(n)))),
    ];
    const newestPage = [page(10, rows(6, 7, 8), rangeFrom(minute(6)))];
    const olderRange = { range: { from: minute(2), to: minute(6) + 1 } };
    const older = { ...newest, side: 'older', edge: minute(6) };
    expect(await look([newestPage, [page(11, rows(2, 5, 6), olderRange)]], { before })).toEqual({
      result: 'absent',
      wanted: [newest, older],
    });
    const found = [page(11, [ownOf('s1', 'm4'), ...rows(5, 6)], olderRange)];
    expect(await look([newestPage, found], { before })).toEqual({
      result: 'gone',
      wanted: [newest, older],
    });
    const reaching = [page(10, rows(2, 7, 8), rangeFrom(minute(2)))];
    expect(await look([reaching], { before: before.slice(0, 1) })).toEqual({
      result: 'absent',
      wanted: [newest],
    });
  });

  it('gives up after four pages', async () => {
    const more = [8, 7, 6, 5, 4].map((n, i) => [
      page(10 + i, [], { range: { from: minute(n), to: i === 0 ? null : minute(n + 1) + 1 } }),
    ]);
    const { result, wanted } = await look(more);
    expect(result).toBe('unclear');
    expect(wanted).toHaveLength(4);
  });

  it('does not know where a page could not be read, whatever is known without it', async () => {
    expect((await look([])).result).toBe('unread');
    expect((await look([], { before: [others(null, 3)] })).result).toBe('unread');
  });

  it('cannot tell where a page is refused for good: the thread is gone, or this person is out', async () => {
    expect((await look([], { refusal: 'NOT_FOUND' })).result).toBe('unclear');
    const older = await look([[others(minute(7))]], { refusal: 'FORBIDDEN' });
    expect(older).toMatchObject({ result: 'unclear', wanted: [newest, { side: 'older' }] });
    expect((await look([], { refusal: 'RATE_LIMITED' })).result).toBe('unread');
  });

  it('cannot tell where several messages look like it, or nothing was known before', async () => {
    const two = [own('m1'), own('m2')];
    expect((await look([[page(10, two, rangeFrom(null))]])).result).toBe('unclear');
    expect((await look([[others(null)]], { known: null })).result).toBe('unclear');
  });

  it('can tell more where nonces come back, unless something looks like it that has none', async () => {
    const two = [own('m1'), own('m2')];
    // with the one before it they are as many as a page has: what was before them is asked for too
    const pages = [page(10, two, rangeFrom(null)), page(11, [], rangeFrom(null))];
    expect(
      (
        await look(
          pages.map((one) => [one]),
          { before: givesNonces },
        )
      ).result,
    ).toBe('unclear');
    expect((await look([[others(null)]], { before: givesNonces, known: null })).result).toBe(
      'absent',
    );
  });
});
