import { describe, expect, it } from '@jest/globals';
import { act } from '@testing-library/react';
import type { ReactElement } from 'react';
import { Profiler } from 'react';
import {
  useChannel,
  useChannelPreview,
  useConnection,
  useHudhudSelector,
  useNotices,
  useOnlineCount,
  usePresence,
  useRealtimeMessages,
  useTypingUsers,
  useUser,
} from '../../src/react';
import {
  frame,
  ids,
  messageFrame,
  presenceFrame,
  refuse,
  typingFrame,
} from '../support/hudhudAnswers';
import { createHudhudWorld, streamRoute } from '../support/hudhudWorld';
import { pushIn, renderIn, settle } from '../support/rendering';

/** Counts the renders of components by name. */
function createTally() {
  const counts = new Map<string, number>();
  const wrap = (name: string, element: ReactElement) => (
    <Profiler
      key={name}
      id={name}
      onRender={(id) => {
        counts.set(id, (counts.get(id) ?? 0) + 1);
      }}
    >
      {element}
    </Profiler>
  );
  /** Who rendered since the last call. */
  const rendered = () => {
    const names = [...counts.keys()].sort();
    counts.clear();
    return names;
  };
  return { wrap, rendered };
}

const Messages = ({ channelId }: { channelId: string }): ReactElement => (
  <p>{useRealtimeMessages(channelId).messages.length}</p>
);
const Preview = ({ channelId }: { channelId: string }): ReactElement => (
  <p>{useChannelPreview(channelId)?.content}</p>
);
const Typing = ({ channelId }: { channelId: string }): ReactElement => (
  <p>
    {useTypingUsers(channelId)
      .map(({ username }) => username)
      .join()}
  </p>
);
const Presence = ({ userId }: { userId: string }): ReactElement => (
  <p>{usePresence(userId).status}</p>
);
const Count = (): ReactElement => <p>{useOnlineCount()}</p>;
const Title = (): ReactElement => <p>{useChannel(ids.general)?.name}</p>;
const Notices = (): ReactElement => (
  <p>
    {useNotices()
      .map(({ text }) => text)
      .join()}
  </p>
);

describe('what renders', () => {
  it('an event in one channel renders nothing of another (L14)', async () => {
    const world = createHudhudWorld();
    const { wrap, rendered } = createTally();
    await renderIn(
      world,
      <>
        {wrap('messages A', <Messages channelId={ids.general} />)}
        {wrap('preview A', <Preview channelId={ids.general} />)}
        {wrap('typing A', <Typing channelId={ids.general} />)}
        {wrap('messages B', <Messages channelId={ids.random} />)}
        {wrap('preview B', <Preview channelId={ids.random} />)}
        {wrap('typing B', <Typing channelId={ids.random} />)}
        {wrap('title A', <Title />)}
        {wrap('count', <Count />)}
        {wrap('notices', <Notices />)}
        {wrap('omar', <Presence userId={ids.omar} />)}
      </>,
    );
    await settle(world);
    rendered();
    await pushIn(world, messageFrame(1, { channelId: ids.random }));
    expect(rendered()).toEqual(['messages B', 'preview B']);
    await pushIn(world, typingFrame(ids.omar, ids.random));
    expect(rendered()).toEqual(['typing B']);
    await pushIn(world, frame('ping', {}));
    expect(rendered()).toEqual([]);
    await pushIn(world, messageFrame(1, { channelId: ids.random }));
    expect(rendered()).toEqual(['typing B']); // who has written has stopped typing
    await pushIn(world, frame('broadcast', { type: 'alert', message: 'soon' }));
    expect(rendered()).toEqual(['notices']);
  });

  it("someone's presence renders them alone", async () => {
    const world = createHudhudWorld();
    const { wrap, rendered } = createTally();
    const view = await renderIn(
      world,
      <>
        {wrap('omar', <Presence userId={ids.omar} />)}
        {wrap('sara', <Presence userId={ids.sara} />)}
        {wrap('count', <Count />)}
      </>,
    );
    expect(view.container.textContent).toBe('offlineoffline0');
    rendered();
    await pushIn(world, presenceFrame(ids.omar, { onlineCount: 5 }));
    expect(rendered()).toEqual(['count', 'omar']);
    expect(view.container.textContent).toBe('onlineoffline5');
    await pushIn(world, presenceFrame(ids.sara, { onlineCount: 5 }));
    expect(rendered()).toEqual(['sara']);
  });

  it('typing leaves oneself out, without a render', async () => {
    const world = createHudhudWorld();
    const { wrap, rendered } = createTally();
    const view = await renderIn(world, wrap('typing', <Typing channelId={ids.general} />));
    rendered();
    await pushIn(world, typingFrame(ids.me));
    expect(rendered()).toEqual([]);
    await pushIn(world, typingFrame(ids.omar));
    expect(view.container.textContent).toBe('omar');
    await act(() => world.platform.advance(5_000));
    expect(view.container.textContent).toBe('');
  });
});

describe('details of the connection', () => {
  it('say what went wrong, when the next try is due, and try again when asked to', async () => {
    let isUp = false;
    const world = createHudhudWorld({
      routes: {
        [streamRoute]: (request) => {
          if (isUp) world.streams.push(request.stream());
          else refuse(503)(request);
        },
      },
    });
    const Details = (): ReactElement => {
      const { phase, error, nextRetryAt, retry } = useConnection();
      return (
        <button onClick={retry}>
          {phase} {error} {nextRetryAt === null ? 'never' : 'soon'}
        </button>
      );
    };
    world.streams.push({
      push: () => undefined,
      end: () => undefined,
      fail: () => undefined,
      isOpen: () => false,
    });
    const view = await renderIn(world, <Details />);
    const button = view.getByRole('button');
    expect(button.textContent).toBe('waiting SERVER_ERROR soon');
    isUp = true;
    await act(async () => {
      button.click();
      await world.platform.settle();
    });
    expect(button.textContent).toBe('open  never');
  });

  it('useUser and useHudhudSelector read one thing each', async () => {
    const world = createHudhudWorld();
    const Name = (): ReactElement => (
      <p>
        {useUser(ids.omar)?.username}{' '}
        {useHudhudSelector((selectors, root) => selectors.selectViewerId(root))}
      </p>
    );
    const view = await renderIn(world, <Name />);
    expect(view.container.textContent).toBe(` ${ids.me}`);
    await pushIn(world, messageFrame(1));
    expect(view.container.textContent).toBe(`omar ${ids.me}`);
  });
});
