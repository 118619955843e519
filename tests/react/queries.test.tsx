import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { act, cleanup, render, screen } from '@testing-library/react';
import type { LiftedStore } from '@redux-devtools/instrument';
import { ActionCreators, instrument } from '@redux-devtools/instrument';
import type { UnknownAction as Action } from '@reduxjs/toolkit';
import { configureStore } from '@reduxjs/toolkit';
import type { ReactElement } from 'react';
import { Profiler } from 'react';
import { renderToString } from 'react-dom/server';
import { Provider } from 'react-redux';
import { createHudhud, sessionEnded } from '../../src';
import type { MessageRow } from '../../src';
import type {
  ChannelsQueryView,
  SearchQueryView,
  TimelineQueryOptions,
  TimelineQueryView,
  UnreadQueryView,
} from '../../src/react';
import {
  RealtimeProvider,
  useChannelsQuery,
  useMembersQuery,
  useMessagesQuery,
  useRealtimeMessages,
  useRepliesQuery,
  useSearchQuery,
  useUnreadQuery,
  useWorkspaceQuery,
} from '../../src/react';
import type { ScriptedRequest } from '../../src/testing';
import { ids, messageFrame, messageId, refuse, row } from '../support/hudhudAnswers';
import type { HudhudWorld, Routes } from '../support/hudhudWorld';
import { createHudhudWorld } from '../support/hudhudWorld';
import { Around, pushIn, renderIn, settle } from '../support/rendering';

const messagesRoute = 'GET /chat/messages';
const wait = () => undefined;
const worlds: HudhudWorld[] = [];

function makeWorld(routes: Routes = {}, withQueries = true): HudhudWorld {
  const world = createHudhudWorld({ routes, withQueries });
  worlds.push(world);
  return world;
}

afterEach(() => {
  cleanup();
  // the timers of the cache go with it
  for (const world of worlds.splice(0)) world.store.dispatch(sessionEnded({ reason: 'logout' }));
});

const answer = (request: ScriptedRequest | undefined, rows: readonly unknown[], more = false) => {
  request?.json({ success: true, messages: rows, has_more: more });
};

let view: TimelineQueryView;
let renders = 0;
const textsOf = (rows: readonly MessageRow[]) => rows.map(({ content }) => content);

function Messages({
  channelId = ids.general,
  options,
}: {
  readonly channelId?: string;
  readonly options?: TimelineQueryOptions;
}): ReactElement {
  const read = useMessagesQuery(channelId, options);
  return (
    <Profiler
      id="messages"
      onRender={() => {
        view = read;
        renders += 1;
      }}
    >
      <p>{textsOf(read.messages).join()}</p>
    </Profiler>
  );
}

describe('useMessagesQuery', () => {
  it('gives the rows that useRealtimeMessages gives, by one request', async () => {
    const rows: (readonly MessageRow[])[] = [];
    const Both = (): ReactElement => {
      const { messages } = useRealtimeMessages(ids.random);
      rows.splice(0, 1, messages);
      return <Messages channelId={ids.random} />;
    };
    const world = makeWorld({
      [messagesRoute]: (request) => {
        answer(request, [row(1, { channel_id: ids.random })]);
      },
    });
    await renderIn(world, <Both />);
    expect(textsOf(view.messages)).toEqual(['message 1']);
    expect(rows[0]).toBe(view.messages);
  });

  it('asks once under StrictMode, and says where it is', async () => {
    const world = makeWorld({ [messagesRoute]: wait });
    await renderIn(world, <Messages />, true);
    expect(world.asked(messagesRoute)).toHaveLength(2); // the query, and what the new stream made stale
    expect(view).toMatchObject({ isLoading: true, isFetching: true, isError: false, messages: [] });
    for (const request of world.asked(messagesRoute)) answer(request, [row(1)]);
    await settle(world);
    expect(view).toMatchObject({ isLoading: false, isFetching: false, isSuccess: true });
    expect(view.isLive).toBe(true);
  });

  it('shows what the stream tells and what is wished at once', async () => {
    const world = makeWorld({
      [messagesRoute]: (request) => {
        answer(request, [row(1)]);
      },
      'POST /chat/messages': wait,
    });
    await renderIn(world, <Messages />);
    await pushIn(world, messageFrame(2));
    act(() => {
      const { actions } = world.hudhud;
      world.store.dispatch(actions.sendMessage({ channelId: ids.general, content: 'hello' }));
    });
    expect(screen.getByText('message 1,message 2,hello')).toBeTruthy();
  });

  it('renders once for an answer, and not for what another query does', async () => {
    const Others = (): ReactElement => {
      useChannelsQuery();
      useMembersQuery(ids.random);
      return <></>;
    };
    const world = makeWorld({ [messagesRoute]: wait, 'GET /chat/channels': wait });
    await renderIn(
      world,
      <>
        <Messages />
        <Others />
      </>,
    );
    answer(world.asked(messagesRoute)[1], []);
    await settle(world);
    renders = 0;
    answer(world.asked(messagesRoute)[0], [row(1)]);
    await settle(world);
    expect(textsOf(view.messages)).toEqual(['message 1']);
    expect(renders).toBeLessThanOrEqual(2); // the rows, and that the request has ended
    renders = 0;
    world.asked('GET /chat/channels')[0]?.json({ success: true, channels: [] });
    await settle(world);
    expect(renders).toBe(0);
  });

  it('fetches older pages by its cursor', async () => {
    const world = makeWorld({ [messagesRoute]: wait });
    await renderIn(world, <Messages options={{ limit: 2 }} />);
    for (const request of world.asked(messagesRoute)) answer(request, [row(5), row(6)], true);
    await settle(world);
    expect(view.hasOlder).toBe(true);
    act(() => {
      view.fetchOlder();
    });
    await settle(world);
    expect(view).toMatchObject({ isFetchingOlder: true, isLoading: false });
    const request = world.asked(messagesRoute).at(-1);
    expect(new URL(request?.url ?? '').searchParams.get('limit')).toBe('2');
    answer(request, [row(4), row(5)]);
    await settle(world);
    expect(textsOf(view.messages)).toEqual(['message 4', 'message 5', 'message 6']);
    expect(view).toMatchObject({ hasOlder: false, isFetchingOlder: false });
    const { messages } = world.hudhud.api.endpoints;
    const entry = messages.select({ channelId: ids.general, limit: 2 })(world.store.getState());
    expect(entry.data?.pages.map((page) => page.ids)).toEqual([
      [messageId(5), messageId(6)],
      [messageId(4)],
    ]);
  });

  it('goes on from what is held, where that is more than it has read itself', async () => {
    const world = makeWorld({ [messagesRoute]: wait });
    await renderIn(world, <Messages />);
    for (const request of world.asked(messagesRoute)) answer(request, [row(5), row(6)], true);
    await settle(world);
    act(() => {
      const older = { channelId: ids.general, parentId: null, side: 'older' } as const;
      world.store.dispatch(world.hudhud.actions.loadHistory(older));
    });
    await settle(world);
    answer(world.asked(messagesRoute).at(-1), [row(3), row(4), row(5)], true);
    await settle(world);
    act(() => {
      view.fetchOlder();
    });
    await settle(world);
    const request = world.asked(messagesRoute).at(-1);
    expect(new URL(request?.url ?? '').searchParams.get('before')).toContain('23.001');
    answer(request, [row(2), row(3)]);
    await settle(world);
    expect(textsOf(view.messages).join()).toBe('message 2,message 3,message 4,message 5,message 6');
  });

  it('says why it failed, and asks again when told to', async () => {
    let isDown = true;
    const world = makeWorld({
      [messagesRoute]: (request) => {
        if (isDown) refuse(500)(request);
        else answer(request, [row(1)]);
      },
    });
    await renderIn(world, <Messages />);
    expect(view).toMatchObject({
      ...{ isError: true, isLoading: false },
      error: { code: 'SERVER_ERROR', status: 500 },
    });
    isDown = false;
    act(() => {
      view.refetch();
    });
    await settle(world);
    expect(view).toMatchObject({ isError: false, error: null, isSuccess: true });
  });

  it('asks for nothing while it is skipped', async () => {
    const world = makeWorld();
    const made = await renderIn(world, <Messages options={{ skip: true }} />);
    expect(world.asked(messagesRoute)).toHaveLength(0);
    expect(view).toMatchObject({ isLoading: false, isFetching: false });
    made.rerender(
      <Around world={world}>
        <Messages options={{ skip: false }} />
      </Around>,
    );
    await settle(world);
    expect(world.asked(messagesRoute)).toHaveLength(1);
  });

  it('that was there before the sign-in has its answer after it', async () => {
    const world = makeWorld({
      [messagesRoute]: (request) => {
        answer(request, [row(1)]);
      },
      'GET /chat/channels': (request) => {
        request.json({ success: true, channels: [] });
      },
    });
    let channels: ChannelsQueryView | null = null;
    const Channels = (): ReactElement => {
      const read = useChannelsQuery();
      return (
        <Profiler
          id="channels"
          onRender={() => {
            channels = read;
          }}
        >
          {read.channels.length}
        </Profiler>
      );
    };
    render(
      <Around world={world}>
        <Messages />
        <Channels />
      </Around>,
    );
    await settle(world);
    const refused = { isError: true, error: { code: 'UNAUTHORIZED' } };
    expect([view, channels]).toMatchObject([refused, refused]);
    expect(world.server.requests).toHaveLength(0);
    await act(async () => {
      const login = world.hudhud.auth.login({ username: 'lina', password: 'x' });
      await world.platform.settle();
      await login;
      await world.platform.settle();
    });
    const done = { isSuccess: true, isError: false, error: null, isFetching: false };
    expect([view, channels]).toMatchObject([done, done]);
    expect(textsOf(view.messages)).toEqual(['message 1']);
    expect(world.asked('GET /chat/channels')).toHaveLength(1);
  });

  it('that nobody looks at any more is not asked for at the sign-in', async () => {
    const world = makeWorld();
    const shown = render(
      <Around world={world}>
        <Messages />
      </Around>,
    );
    await settle(world);
    shown.rerender(<Around world={world}>nothing</Around>);
    await act(async () => {
      const login = world.hudhud.auth.login({ username: 'lina', password: 'x' });
      await world.platform.settle();
      await login;
      await world.platform.settle();
    });
    expect(world.asked(messagesRoute)).toHaveLength(0);
  });

  it('begins anew for whoever signs in next', async () => {
    let texts = 'first';
    const world = makeWorld({
      [messagesRoute]: (request) => {
        answer(request, [row(1, { content: texts })]);
      },
      'POST /auth/login': (request) => {
        const user = { id: texts === 'first' ? ids.me : ids.omar, username: texts };
        request.json({ success: true, user, tokens: { accessToken: texts, expiresIn: 900 } });
      },
    });
    await renderIn(world, <Messages />);
    expect(textsOf(view.messages)).toEqual(['first']);
    await act(async () => {
      const leaving = world.hudhud.auth.logout();
      await world.platform.settle();
      await leaving;
    });
    expect(view).toMatchObject({ messages: [], error: null });
    expect(world.asked(messagesRoute)).toHaveLength(2);
    texts = 'second';
    await act(async () => {
      const entering = world.hudhud.auth.login({ username: 'omar', password: 'x' });
      await world.platform.settle();
      await entering;
    });
    await settle(world);
    expect(textsOf(view.messages)).toEqual(['second']);
    expect(view.isError).toBe(false);
  });

  it('asks for nothing when time travel takes its answer away (L19), and for the newest page when told to', async () => {
    const world = createHudhudWorld({
      ...{ withQueries: true, enhancer: instrument() },
      routes: {
        [messagesRoute]: (request) => {
          answer(request, [row(1)], true);
        },
      },
    });
    worlds.push(world);
    await renderIn(world, <Messages />);
    act(() => {
      view.fetchOlder();
    });
    await settle(world);
    const asked = world.asked(messagesRoute).length;
    const { liftedStore } = world.store as unknown as {
      liftedStore: LiftedStore<unknown, Action, null>;
    };
    const last = liftedStore.getState().currentStateIndex;
    await act(async () => {
      liftedStore.dispatch(ActionCreators.jumpToState(last - 8));
      await world.platform.settle();
      liftedStore.dispatch(ActionCreators.jumpToState(2));
      await world.platform.settle();
      liftedStore.dispatch(ActionCreators.jumpToState(last));
      await world.platform.settle();
    });
    expect(world.asked(messagesRoute)).toHaveLength(asked);
    act(() => {
      view.refetch();
    });
    await settle(world);
    expect(world.asked(messagesRoute)).toHaveLength(asked + 1);
  });

  it('without the reducer of the queries is NOT_MOUNTED', () => {
    const world = makeWorld({}, false);
    expect(() =>
      renderToString(
        <Around world={world}>
          <Messages />
        </Around>,
      ),
    ).toThrow('hudhud.api.reducer');
  });

  it('without the middleware is MIDDLEWARE_MISSING', () => {
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const hudhud = createHudhud({ baseUrl: '/api' });
    const store = configureStore({
      reducer: { hudhud: hudhud.reducer, hudhudApi: hudhud.api.reducer },
    });
    expect(() =>
      render(
        <Provider store={store}>
          <RealtimeProvider hudhud={hudhud} autoStart={false}>
            <Messages />
          </RealtimeProvider>
        </Provider>,
      ),
    ).toThrow('.prepend(hudhud.middleware)');
  });

  it('starts nothing on a server', async () => {
    const world = makeWorld();
    renderToString(
      <Around world={world}>
        <Messages />
      </Around>,
    );
    await world.platform.settle();
    expect(world.server.requests).toEqual([]);
    expect(world.actions.filter(({ type }) => type.startsWith('hudhudApi/execute'))).toEqual([]);
  });
});

describe('the other query hooks', () => {
  it('join what they read from the state', async () => {
    const shown: unknown[] = [];
    const Lists = (): ReactElement => {
      const { project, channels, currentChannelId } = useWorkspaceQuery({
        projectSlug: 'hudhud',
        channelSlug: 'general',
      });
      const { members } = useMembersQuery(ids.general);
      const own = useChannelsQuery({ projectId: 'another' });
      const replies = useRepliesQuery(ids.general, messageId(1));
      shown.splice(0, 1, {
        ...{ project: project?.slug, currentChannelId },
        ...{ channels: channels.map(({ slug }) => slug), own: own.channels },
        members: members.map(({ userId }) => userId),
        replies: textsOf(replies.messages),
      });
      return <></>;
    };
    const world = makeWorld({
      [`GET /chat/channels/${ids.general}/members`]: (request) => {
        request.json({ success: true, data: { members: [{ user_id: ids.omar, role: 'member' }] } });
      },
      'GET /chat/channels': (request) => {
        request.json({ success: true, channels: [] });
      },
      [`GET /chat/messages/${messageId(1)}/replies`]: (request) => {
        const reply = row(9, { parent_message_id: messageId(1) });
        request.json({ success: true, replies: [reply], has_more: false });
      },
    });
    await renderIn(world, <Lists />);
    await settle(world);
    expect(shown[0]).toEqual({
      ...{ project: 'hudhud', currentChannelId: ids.general },
      ...{ channels: ['general', 'random'], own: [], members: [ids.omar], replies: ['message 9'] },
    });
    // the query and the new stream, which made stale what was read before it
    expect(world.asked('GET /workspace/hudhud/general')).toHaveLength(2);
  });

  it('search, and say nothing of what was let go', async () => {
    const route = 'GET /chat/messages/search';
    const shown: SearchQueryView[] = [];
    const Search = ({ q }: { readonly q: string }): ReactElement => {
      shown.splice(0, 1, useSearchQuery({ q, channelId: ids.general }));
      return <></>;
    };
    const world = makeWorld({
      [route]: (request) => {
        request.json({ success: true, data: { messages: [row(7), row(3)], count: 2 } });
      },
    });
    const made = await renderIn(world, <Search q=" " />);
    expect(world.asked(route)).toHaveLength(0);
    expect(shown[0]).toMatchObject({ messages: [], isFetching: false });
    made.rerender(
      <Around world={world}>
        <Search q="message" />
      </Around>,
    );
    await settle(world);
    expect(textsOf(shown[0]?.messages ?? [])).toEqual(['message 7', 'message 3']);
    const before = shown[0]?.messages;
    await pushIn(world, messageFrame(9));
    expect(shown[0]?.messages).toBe(before);
    await pushIn(world, messageFrame(3, { action: 'updated', content: 'better' }));
    expect(textsOf(shown[0]?.messages ?? [])).toEqual(['message 7', 'better']);
  });

  it('count what is unread', async () => {
    const shown: UnreadQueryView[] = [];
    const Unread = (): ReactElement => {
      shown.splice(0, 1, useUnreadQuery());
      useChannelsQuery();
      return <></>;
    };
    const world = makeWorld({
      'GET /chat/channels': (request) => {
        const channel = { channel_id: ids.general, name: 'general', unread_count: 4 };
        request.json({ success: true, channels: [channel] });
      },
      'GET /chat/messages/unread/count': (request) => {
        request.json({ success: true, data: { total: 4, channels: { [ids.general]: 4 } } });
      },
    });
    await renderIn(world, <Unread />);
    expect(shown[0]).toMatchObject({ count: 4, isLoading: false });
  });

  it('ask again as RTK Query does: by time, and where told to on mounting', async () => {
    const timeouts = jest.spyOn(globalThis, 'setTimeout');
    const world = makeWorld({
      [messagesRoute]: (request) => {
        answer(request, [row(1)]);
      },
    });
    const made = await renderIn(world, <Messages options={{ pollingInterval: 5_000 }} />);
    const asked = () => world.asked(messagesRoute).length;
    const first = asked();
    const polls = () => timeouts.mock.calls.filter(([, ms]) => ms === 5_000);
    expect(polls().length).toBeGreaterThan(0);
    await act(async () => {
      (polls().at(-1)?.[0] as () => void)();
      await world.platform.settle();
    });
    expect(asked()).toBe(first + 1);
    const before = polls().length;
    const show = async (children: ReactElement | null) => {
      made.rerender(<Around world={world}>{children}</Around>);
      await settle(world);
    };
    await show(<Messages />);
    expect(asked()).toBe(first + 1);
    expect(polls()).toHaveLength(before);
    await show(null);
    await show(<Messages options={{ refetchOnMountOrArgChange: true }} />);
    expect(asked()).toBe(first + 2);
  });
});
