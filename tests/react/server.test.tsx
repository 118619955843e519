/** @jest-environment node */
import { describe, expect, it } from '@jest/globals';
import type { ReactElement } from 'react';
import { renderToString } from 'react-dom/server';
import {
  useChannelsQuery,
  useConnectionStatus,
  useMembersQuery,
  useMessagesQuery,
  useRealtime,
  useRealtimeMessages,
  useRepliesQuery,
  useSearchQuery,
  useUnreadQuery,
  useWorkspaceQuery,
} from '../../src/react';
import { nothingPending } from '../support/connectionSetup';
import { ids, messageId } from '../support/hudhudAnswers';
import { createHudhudWorld } from '../support/hudhudWorld';
import { Around } from '../support/rendering';

describe('on a server', () => {
  it('renders, and starts nothing: no request, no timer, no listener, no action', async () => {
    const world = createHudhudWorld({ options: { tokens: { getToken: () => 't0k' } } });
    const Page = (): ReactElement => (
      <p>
        {useConnectionStatus()} {useRealtimeMessages(ids.general).messages.length}{' '}
        {useRealtime().onlineUsers.size}
      </p>
    );
    const html = renderToString(
      <Around world={world} isStrict>
        <Page />
      </Around>,
    );
    expect(html.replaceAll('<!-- -->', '')).toBe('<p>disconnected 0 0</p>');
    await world.platform.advance(60_000);
    expect(world.server.requests).toHaveLength(0);
    expect(world.platform.pending()).toEqual(nothingPending);
    expect(world.actions).toHaveLength(0);
  });

  it('renders query hooks, which ask for nothing', async () => {
    const world = createHudhudWorld({
      options: { tokens: { getToken: () => 't0k' } },
      withQueries: true,
    });
    const Page = (): ReactElement => {
      const views = [
        useWorkspaceQuery({ projectSlug: 'hudhud', channelSlug: 'general' }),
        useChannelsQuery(),
        useMembersQuery(ids.general),
        useMessagesQuery(ids.general),
        useRepliesQuery(ids.general, messageId(1)),
        useSearchQuery({ q: 'plan' }),
        useUnreadQuery(),
      ];
      return <p>{views.map(({ isLoading }) => String(isLoading)).join()}</p>;
    };
    const html = renderToString(
      <Around world={world} isStrict>
        <Page />
      </Around>,
    );
    expect(html).toBe(`<p>${Array(7).fill('true').join()}</p>`);
    await world.platform.advance(60_000);
    expect(world.server.requests).toHaveLength(0);
    expect(world.platform.pending()).toEqual(nothingPending);
    expect(world.actions).toHaveLength(0);
  });
});
