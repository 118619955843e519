import { describe, expect, it } from '@jest/globals';
import type { HostRow } from '../support/hostApi';
import { general } from '../support/hostApi';
import type { HostWorld } from '../support/hostWorld';
import { openHost } from '../support/hostWorld';
import { ids, messageFrame, row, snapshotAnswer } from '../support/hudhudAnswers';

/** Answers in which everything but the rows has changed since the last time. */
describe('what an answer says beside its rows', () => {
  async function readWorkspace(world: HostWorld, over: HostRow) {
    const { api, store, platform } = world;
    const { initiate, select } = api.endpoints.getWorkspace;
    void store.dispatch(initiate('hudhud', { forceRefetch: true }));
    await platform.settle();
    await world.asked('getWorkspace').answer(snapshotAnswer(over));
    return select('hudhud')(store.getState()).data;
  }

  it('is as the newest answer says it, whether or not a row is another one', async () => {
    const world = await openHost();
    const stats = { members_online: 1, total_channels: 2 };
    await readWorkspace(world, { stats });
    const project = { project_id: ids.project, name: 'renamed', slug: 'hudhud' };
    const shown = await readWorkspace(world, { project, stats: { ...stats, total_channels: 9 } });
    expect(shown).toMatchObject({ project: { name: 'renamed' }, stats: { total_channels: 9 } });
    expect(world.hudhud.checkCaches()).toEqual([]);
  });

  async function readRecent(
    world: HostWorld,
    direction: 'forward' | 'backward' | undefined,
    ...pages: readonly { readonly messages: readonly HostRow[]; readonly has_more: boolean }[]
  ) {
    const { api, store, platform } = world;
    const { initiate, select } = api.endpoints.getRecent;
    void store.dispatch(
      initiate(general, direction === undefined ? { forceRefetch: true } : { direction }),
    );
    for (const page of pages) {
      await platform.settle();
      await world.asked('getRecent').answer(page);
    }
    return select(general)(store.getState()).data;
  }
  const second = { messages: [row(1), row(2)], has_more: true };
  const first = { messages: [row(3), row(4)], has_more: true };

  it('is as the newest answer says it in each page of an infinite list', async () => {
    const world = await openHost();
    await readRecent(world, undefined, first);
    await readRecent(world, 'forward', second);
    const data = await readRecent(world, undefined, first, { ...second, has_more: false });
    expect(data?.pages.map(({ has_more }) => has_more)).toEqual([true, false]);
    expect(world.hudhud.checkCaches()).toEqual([]);
  });

  it('is what the pages of an infinite list were asked for with', async () => {
    const world = await openHost();
    const { api, store } = world;
    const pages = [first, second];
    const put = (...pageParams: readonly { readonly before?: string }[]) =>
      store.dispatch(
        api.util.upsertQueryEntries([
          {
            endpointName: 'getRecent',
            arg: general,
            value: { pages, pageParams: [...pageParams] },
          },
        ]),
      );
    put({}, { before: row(3).created_at });
    put({}, { before: row(2).created_at });
    const { data } = api.endpoints.getRecent.select(general)(store.getState());
    expect(data?.pageParams).toEqual([{}, { before: row(2).created_at }]);
    expect(world.hudhud.checkCaches()).toEqual([]);
  });

  it('leaves the rows that did not change the same objects', async () => {
    const world = await openHost();
    const before = await readRecent(world, undefined, first);
    const after = await readRecent(world, undefined, { ...first, has_more: false });
    expect(after?.pages[0]?.messages[0]).toBe(before?.pages[0]?.messages[0]);
    await world.push(messageFrame(5));
    const { data } = world.api.endpoints.getRecent.select(general)(world.store.getState());
    expect(data?.pages[0]?.messages[1]).toBe(before?.pages[0]?.messages[1]);
    expect(data?.pages[0]?.has_more).toBe(false);
  });
});
