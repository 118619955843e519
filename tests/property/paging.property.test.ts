import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { HistoryWanted } from '../../src/actions/command';
import type { MessageFact } from '../../src/protocol/models';
import type { MessagesPage } from '../../src/protocol/rest';
import { readHistory } from '../../src/middleware/historyPages';
import { planHistory } from '../../src/middleware/historyPlan';
import type { Timeline } from '../../src/state/channelLog';
import { createTimeline } from '../../src/state/channelLog';
import { createRecord } from '../../src/state/mergeMessage';

/** `exact` as documented; `newest` gives the newest of what is asked for; `deaf` knows no cursors. */
type Server = 'exact' | 'newest' | 'deaf';

/** A message as the database has it: the wire says its time in whole milliseconds. */
interface Row {
  readonly id: string;
  readonly us: number;
}

const msOf = ({ us }: Row): number => Math.floor(us / 1000);
const factOf = (row: Row): MessageFact => ({ id: row.id, createdAt: msOf(row) });

function pageOf(
  rows: readonly Row[],
  server: Server,
  limit: number,
  before?: number,
  after?: number,
) {
  const asked = rows.filter(
    ({ us }) =>
      server === 'deaf' ||
      ((before === undefined || us < before * 1000) && (after === undefined || us > after * 1000)),
  );
  const isForward = server === 'exact' && after !== undefined && before === undefined;
  const listed = isForward ? asked.slice(0, limit) : asked.slice(-limit);
  const page: MessagesPage = {
    ...{ messages: listed.map(factOf), users: [], rejected: [], oldestId: null, newestId: null },
    hasMore: asked.length > limit,
  };
  return page;
}

/** What a client knows that read rows `i` to `j`, some of which were deleted since. */
function known(rows: readonly Row[], i: number, j: number): Timeline {
  const held = rows.slice(i, j + 1);
  const [first, last] = [held[0], held.at(-1)];
  if (first === undefined || last === undefined) return createTimeline(null);
  const windows = [{ from: msOf(first), to: msOf(last) }];
  const records = held
    .map((row) => createRecord('general', factOf(row), { rank: 'row', o: 1, renews: false, at: 0 }))
    .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  return { ...createTimeline(null), segments: [records], windows, firm: windows };
}

const at = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 12_000 }));
const base = { channelId: 'general', parentId: null };
const wanted: fc.Arbitrary<HistoryWanted> = fc.oneof(
  fc.constantFrom('newest', 'older', 'newer').map((side): HistoryWanted => ({ ...base, side })),
  fc
    .tuple(fc.constantFrom('older' as const, 'newer' as const), at)
    .map(([side, edge]): HistoryWanted => ({ ...base, side, edge })),
  at.map((moment): HistoryWanted => ({ ...base, side: 'around', at: moment })),
);
const rowsArbitrary = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 12_000_000 })), {
    maxLength: 14,
  })
  .map((times) => times.sort((a, b) => a - b).map((us, n): Row => ({ id: `m${n}`, us })));

describe('paging (L6)', () => {
  it('claims what its pages list, whatever the server makes of cursors, and asks a few times at most', async () => {
    await fc.assert(
      fc.asyncProperty(
        ...([rowsArbitrary, fc.constantFrom<Server>('exact', 'newest', 'deaf'), wanted] as const),
        ...([fc.integer({ min: 1, max: 4 }), fc.boolean(), fc.nat(13), fc.nat(13)] as const),
        fc.array(fc.nat(13), { maxLength: 3 }),
        async (rows, server, wish, pageSize, isLive, i, j, lost) => {
          const timeline = known(rows, Math.min(i, j), Math.max(i, j));
          const left = rows.filter((_, n) => !lost.includes(n));
          const plan = planHistory(wish, timeline);
          if (plan === null) return;
          let requests = 0;
          const pages = await readHistory(
            {
              pageSize,
              isLive: () => isLive,
              get: async ({ before, after }, limit) => {
                requests += 1;
                return Promise.resolve(pageOf(left, server, limit, before, after));
              },
            },
            plan,
          );
          expect(requests).toBeLessThanOrEqual(4);
          for (const { page, range } of pages) {
            const listed = new Set(page.messages.map(({ id }) => id));
            const { from, to } = range;
            for (const row of left) {
              const ms = msOf(row);
              if ((from !== null && ms <= from) || (to !== null && ms >= to)) continue;
              expect({ claimed: [...listed], range }).toMatchObject({
                claimed: expect.arrayContaining([row.id]) as unknown,
              });
            }
            // of what comes later nothing is known without a stream
            const end = Math.max(...rows.map(msOf), 0);
            if (to !== null || !isLive) expect(to ?? Infinity).toBeLessThanOrEqual(end + 1);
          }
        },
      ),
      {
        numRuns: 3_000,
        examples: [
          // one page size is all in the millisecond of the edge, and the server knows no cursor
          [
            [0, 18_000].map((us, n) => ({ id: `m${n}`, us })),
            'deaf',
            { ...base, side: 'around', at: 18 },
            1,
            false,
            0,
            0,
            [],
          ],
        ],
      },
    );
  });
});
