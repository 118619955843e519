import { describe, expect, it } from '@jest/globals';
import type { HudhudStoreState } from '../../../src';
import type { ScriptedRequest } from '../../../src/testing';
import { ids, initFrame, me, messageId, row, snapshotAnswer } from '../../support/hudhudAnswers';
import type { HudhudWorld, Routes } from '../../support/hudhudWorld';
import { createHudhudWorld, enter, routeOf } from '../../support/hudhudWorld';

const [general, first] = [ids.general, messageId(1)];
const json = (body: object) => (request: ScriptedRequest) => {
  request.json({ success: true, ...body });
};
const channelRow = (id: string, name = 'general') => ({ channel_id: id, name, slug: name });
const memberRows = [{ user_id: ids.omar, username: 'omar', role: 'member' }];
const projectRow = { project_id: ids.project, name: 'Hudhud', slug: 'hudhud' };
const project = { id: ids.project, name: 'Hudhud', slug: 'hudhud', description: null, color: null };

async function open(routes: Routes): Promise<HudhudWorld> {
  const world = createHudhudWorld({ routes, withQueries: true });
  await enter(world);
  await world.push(initFrame());
  return world;
}

type Endpoints = HudhudWorld['hudhud']['api']['endpoints'];
type Selectors = HudhudWorld['hudhud']['selectors'];

/** What one endpoint asks, keeps in its cache, and puts into the state. */
interface Case {
  readonly name: string;
  readonly run: (endpoints: Endpoints) => ReturnType<Endpoints['channels']['initiate']>;
  readonly asks: string;
  readonly answer: object;
  readonly keeps: unknown;
  readonly state?: (selectors: Selectors, root: HudhudStoreState) => unknown;
  readonly holds?: unknown;
}

// each starts as an action that gives back its own kind of query; the test looks at what they have in common
const as = (thunk: unknown) => thunk as ReturnType<Endpoints['channels']['initiate']>;

const cases: readonly Case[] = [
  {
    name: 'channels',
    run: ({ channels }) => as(channels.initiate({ projectId: ids.project })),
    asks: `GET /chat/channels?projectId=${ids.project}`,
    answer: { channels: [channelRow(general), channelRow(ids.random, 'random')], count: 2 },
    keeps: { channelIds: [general, ids.random] },
    state: ({ selectChannels }, root) =>
      selectChannels(root).map(({ name, projectId }) => [name, projectId]),
    holds: [
      ['general', ids.project],
      ['random', ids.project],
    ],
  },
  {
    name: 'channel',
    run: ({ channel }) => as(channel.initiate({ channelId: general })),
    asks: `GET /chat/channels/${general}?`,
    answer: { data: { channel: channelRow(general) } },
    keeps: { channelId: general },
    state: ({ selectChannel }, root) => selectChannel(root, general)?.name,
    holds: 'general',
  },
  {
    name: 'channelMembers',
    run: ({ channelMembers }) => as(channelMembers.initiate({ channelId: general })),
    asks: `GET /chat/channels/${general}/members?`,
    answer: { data: { members: memberRows } },
    keeps: { memberIds: [ids.omar] },
    state: ({ selectMembers }, root) => selectMembers(root, general).map(({ userId }) => userId),
    holds: [ids.omar],
  },
  {
    name: 'messagesBySlug',
    run: ({ messagesBySlug }) =>
      as(messagesBySlug.initiate({ channelSlug: 'general', projectSlug: 'hudhud', limit: 2 })),
    asks: 'GET /chat/channels/general/messages?projectSlug=hudhud&limit=2',
    answer: { messages: [row(1), row(2)], has_more: true },
    keeps: {
      pages: [
        {
          ids: [first, messageId(2)],
          older: {
            ...{ side: 'older', beforeId: messageId(2), known: [first, messageId(2)] },
            before: Date.parse(row(1).created_at) + 1,
          },
        },
      ],
      pageParams: [{ side: 'newest' }],
    },
    state: ({ selectMessages, selectTimelineInfo }, root) => [
      selectMessages(root, general).length,
      selectTimelineInfo(root, general).isLive,
    ],
    holds: [2, true],
  },
  {
    name: 'search',
    run: ({ search }) =>
      as(search.initiate({ q: 'two words', channelId: general, from: 0, limit: 5 })),
    asks: `GET /chat/messages/search?q=two+words&channelId=${general}&limit=5&startDate=1970-01-01T00%3A00%3A00.000Z`,
    answer: { data: { messages: [row(1), row(2, { deleted_at: row(2).created_at })], count: 2 } },
    keeps: { hits: [{ channelId: general, messageId: first }], hasMore: false },
    state: ({ selectTimeline }, root) =>
      selectTimeline(root, general).map(({ content }) => content),
    holds: ['message 1'],
  },
  {
    name: 'unread',
    run: ({ unread }) => as(unread.initiate()),
    asks: 'GET /chat/messages/unread/count?',
    answer: { data: { total: 3, channels: { [general]: 3 } } },
    keeps: { total: 3, channelIds: [general] },
    state: ({ selectUnread }, root) => selectUnread(root, general)?.count,
    holds: 3,
  },
  {
    name: 'projects',
    run: ({ projects }) => as(projects.initiate()),
    asks: 'GET /projects?',
    answer: { projects: [projectRow], count: 1 },
    keeps: { projects: [project] },
  },
  {
    name: 'project',
    run: (endpoints) =>
      as(
        endpoints.project.initiate({
          projectId: ids.project,
          include: ['channels', 'active_members'],
        }),
      ),
    asks: `GET /projects/${ids.project}?include=channels%2Cactive_members`,
    answer: {
      project: projectRow,
      channels: [channelRow(general)],
      active_members: memberRows,
    },
    keeps: { project, channelIds: [general], memberIds: [ids.omar] },
    state: ({ selectChannels, selectMembers }, root) => [
      selectChannels(root).length,
      selectMembers(root, ids.project).length,
    ],
    holds: [1, 1],
  },
  {
    name: 'project by slug',
    run: (endpoints) => as(endpoints.project.initiate({ projectSlug: 'hudhud' })),
    asks: 'GET /projects/slug/hudhud?',
    answer: { project: projectRow },
    keeps: { project, channelIds: null, memberIds: null },
    state: ({ selectHudhud }, root) => selectHudhud(root).channels.list,
    holds: [],
  },
  {
    name: 'projectMembers',
    run: ({ projectMembers }) => as(projectMembers.initiate({ projectId: ids.project })),
    asks: `GET /projects/${ids.project}/members?`,
    answer: { members: memberRows, count: 1 },
    keeps: { memberIds: [ids.omar] },
    state: ({ selectMembers, selectUser }, root) => [
      selectMembers(root, ids.project).length,
      selectUser(root, ids.omar)?.username,
    ],
    holds: [1, 'omar'],
  },
  {
    name: 'projectChannels',
    run: ({ projectChannels }) => as(projectChannels.initiate({ projectId: ids.project })),
    asks: `GET /projects/${ids.project}/channels?`,
    answer: { channels: [channelRow(general)], count: 1 },
    keeps: { channelIds: [general] },
    state: ({ selectChannels }, root) => selectChannels(root).map(({ id }) => id),
    holds: [general],
  },
  {
    name: 'me',
    run: (endpoints) => as(endpoints.me.initiate()),
    asks: 'GET /auth/me?',
    answer: { user: me },
    keeps: me,
  },
  {
    name: 'realtimeStatus',
    run: ({ realtimeStatus }) => as(realtimeStatus.initiate()),
    asks: 'GET /realtime/status?',
    answer: { data: { connections: 2 } },
    keeps: { connections: 2 },
  },
  {
    name: 'adminUsers',
    run: ({ adminUsers }) => as(adminUsers.initiate()),
    asks: 'GET /admin/users?',
    answer: { users: [{ ...me, status: 'banned' }] },
    keeps: { accounts: [{ ...me, accountStatus: 'banned' }] },
  },
  {
    name: 'adminStatistics',
    run: ({ adminStatistics }) => as(adminStatistics.initiate()),
    asks: 'GET /admin/statistics?',
    answer: { data: { messages: 12 } },
    keeps: { messages: 12 },
  },
];

describe('the endpoint', () => {
  it.each(cases)('$name', async ({ run, asks, answer, keeps, state, holds }) => {
    const route = asks.slice(0, asks.indexOf('?'));
    const world = await open({ [route]: json(answer) });
    const { hudhud, store, platform } = world;
    const query = store.dispatch(run(hudhud.api.endpoints));
    await platform.settle();
    const { data, error } = await query;
    expect(error).toBeUndefined();
    expect(data).toEqual(keeps);
    const url = new URL(world.asked(route).at(-1)?.url ?? '');
    expect(`${route}?${url.search.slice(1)}`).toBe(asks);
    expect(state?.(hudhud.selectors, store.getState())).toEqual(holds);
  });

  it('has a test each, but for those that have one of their own', () => {
    const { hudhud } = createHudhudWorld();
    const tested = new Set(cases.map(({ name }) => name.replace(/ .*/, '')));
    const others = ['workspace', 'messages', 'replies', 'reactions'];
    expect(Object.keys(hudhud.api.endpoints).sort()).toEqual([...tested, ...others].sort());
  });

  it('is a read: nothing that writes or signs in is one', () => {
    const { hudhud } = createHudhudWorld();
    for (const endpoint of Object.values(hudhud.api.endpoints)) {
      expect('initiate' in endpoint && 'select' in endpoint).toBe(true);
      expect('useMutation' in endpoint || 'matchMutation' in endpoint).toBe(false);
    }
  });
});

describe('messagesBySlug', () => {
  it('pages by ids without a gap', async () => {
    const route = 'GET /chat/channels/general/messages';
    const world = await open({ [route]: () => undefined });
    const { hudhud, store, platform } = world;
    const { messagesBySlug } = hudhud.api.endpoints;
    const arg = { channelSlug: 'general' };
    void store.dispatch(messagesBySlug.initiate(arg));
    await platform.settle();
    world.asked(route)[0]?.json({ messages: [row(3), row(4)], has_more: true });
    await platform.settle();
    void store.dispatch(messagesBySlug.initiate(arg, { direction: 'forward' }));
    await platform.settle();
    const second = world.asked(route)[1];
    expect(new URL(second?.url ?? '').searchParams.get('before')).toBe(messageId(4));
    second?.json({ messages: [row(1), row(2), row(3)], has_more: false });
    await platform.settle();
    const { data } = messagesBySlug.select(arg)(store.getState());
    expect(data?.pages.map((page) => page.ids)).toEqual([
      [messageId(3), messageId(4)],
      [messageId(1), messageId(2)],
    ]);
    const info = hudhud.selectors.selectTimelineInfo(store.getState(), general);
    expect(info).toMatchObject({ gaps: [], hasOlder: false, isLive: true });
    expect(hudhud.selectors.selectMessages(store.getState(), general)).toHaveLength(4);
  });

  it('keeps nothing of a channel that an empty page does not name', async () => {
    const world = await open({ 'GET /chat/channels/general/messages': json({ messages: [] }) });
    const { hudhud, store, platform } = world;
    const before = store.getState()['hudhud'];
    const { messagesBySlug } = hudhud.api.endpoints;
    const query = store.dispatch(messagesBySlug.initiate({ channelSlug: 'general' }));
    await platform.settle();
    expect((await query).data?.pages).toEqual([{ ids: [], older: null }]);
    expect(store.getState()['hudhud']).toBe(before);
  });
});

describe('reactions', () => {
  const read = async (reactions: readonly unknown[]) => {
    const route = `GET /chat/messages/${first}/reactions`;
    const world = await open({ [route]: json({ reactions }) });
    const { hudhud, store, platform } = world;
    store.dispatch(hudhud.actions.loadWorkspace({ projectSlug: 'hudhud', channelSlug: 'general' }));
    await platform.settle();
    const arg = { channelId: general, messageId: first };
    const query = store.dispatch(hudhud.api.endpoints.reactions.initiate(arg));
    await platform.settle();
    const message = hudhud.selectors.selectRow(store.getState(), general, first);
    return { data: (await query).data, shown: message?.reactions.map(({ emoji }) => emoji) };
  };
  const thumb = { emoji: '👍', count: 1, users: [{ userId: ids.omar, username: 'omar' }] };

  it('stand with their message', async () => {
    expect(await read([thumb])).toEqual({
      data: { messageId: first, emojis: ['👍'] },
      shown: ['👍'],
    });
  });

  it('are not taken where one was not understood', async () => {
    const { shown } = await read([thumb, { emoji: '__proto__', count: 1, users: [] }]);
    expect(shown).toEqual([]);
  });
});

describe('projectChannels', () => {
  it('is complete for its own project alone', async () => {
    const world = await open({
      [`GET /projects/${ids.project}/channels`]: json({ channels: [channelRow(general)] }),
      'GET /chat/channels': json({
        channels: [{ ...channelRow('other', 'other'), project_id: 'p' }],
      }),
      'GET /workspace/hudhud/general': json(snapshotAnswer()),
    });
    const { hudhud, store, platform } = world;
    const { endpoints } = hudhud.api;
    store.dispatch(hudhud.actions.loadWorkspace({ projectSlug: 'hudhud', channelSlug: 'general' }));
    await platform.settle();
    void store.dispatch(endpoints.channels.initiate({}));
    await platform.settle();
    await platform.advance(10_000);
    void store.dispatch(endpoints.projectChannels.initiate({ projectId: ids.project }));
    await platform.settle();
    const { selectChannels } = hudhud.selectors;
    expect(selectChannels(store.getState()).map(({ name }) => name)).toEqual(['general', 'other']);
    expect(world.server.requests.map(routeOf)).toContain('GET /chat/channels');
  });

  it('takes nothing away where a row was not understood: that may have been it', async () => {
    const rows = [channelRow(general), { channel_id: '__proto__' }];
    const world = await open({
      [`GET /projects/${ids.project}/channels`]: json({ channels: rows }),
    });
    const { hudhud, store, platform } = world;
    store.dispatch(hudhud.actions.loadWorkspace({ projectSlug: 'hudhud', channelSlug: 'general' }));
    await platform.settle();
    const { projectChannels } = hudhud.api.endpoints;
    void store.dispatch(projectChannels.initiate({ projectId: ids.project }));
    await platform.settle();
    expect(hudhud.selectors.selectChannels(store.getState())).toHaveLength(2);
    expect(hudhud.getStatus().quarantine.at(-1)).toMatchObject({ reason: 'hostile_id' });
  });
});
