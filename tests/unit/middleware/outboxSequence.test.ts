import { describe, expect, it } from '@jest/globals';
import type { UnknownAction } from '@reduxjs/toolkit';
import configureMockStore from 'redux-mock-store';
import { createHudhud, sessionStarted } from '../../../src';
import type { ScriptedRequest } from '../../../src/testing';
import { createFakePlatform, createScriptedServer } from '../../../src/testing';
import { frozen } from '../../support/frozen';
import { ids, messageId, refuse, row, startMs, success } from '../../support/hudhudAnswers';
import { routeOf, streamRoute } from '../../support/hudhudWorld';
import { sendRoute } from '../../support/outboxWorld';

const opId = 'b1f6c8de-0000-4000-8000-000000000001';
const sent = (request: ScriptedRequest, metadata: unknown = { client_id: opId }) =>
  row(3, { user_id: ids.me, username: 'lina', content: 'hello', metadata, request: request.url });

/** The middleware over a store that records; its state is what the reducer makes of what was recorded. */
async function setUp(answer: (request: ScriptedRequest, rows: unknown[]) => void) {
  const rows: unknown[] = [row(1), row(2)];
  const server = createScriptedServer((request) => {
    if (routeOf(request) === streamRoute) request.stream();
    else if (request.method === 'GET') {
      request.json({ success: true, messages: rows, has_more: false });
    } else answer(request, rows);
  });
  const platform = createFakePlatform({ fetch: server.fetch });
  const hudhud = createHudhud({
    baseUrl: 'https://hudhud.test/api',
    platform,
    tokens: { getToken: () => 't0k' },
  });
  const { reducer } = hudhud;
  let state = frozen({ hudhud: reducer(undefined, { type: 'start' }) });
  let read = 0;
  const stateAfter = (actions: readonly UnknownAction[]) => {
    for (const action of actions.slice(read)) {
      state = frozen({ hudhud: reducer(state.hudhud, action) });
    }
    read = actions.length;
    return state;
  };
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- advised against for reducers; here actions are the subject
  const mock = configureMockStore<unknown>([hudhud.middleware])((actions: unknown) =>
    stateAfter(actions as UnknownAction[]),
  );
  mock.dispatch(sessionStarted({ user: { id: ids.me, username: 'lina' } }));
  hudhud.start();
  await platform.settle();
  mock.dispatch(
    hudhud.actions.loadHistory({ channelId: ids.general, parentId: null, side: 'newest' }),
  );
  await platform.settle();
  const from = mock.getActions().length;
  const told = () =>
    (mock.getActions() as UnknownAction[]).slice(from).map(({ type, payload }) => {
      const { code, retryAt } = payload as { code?: string; retryAt?: number | null };
      const again = retryAt === undefined ? [] : [retryAt === null ? 'for good' : 'again'];
      return [type, ...(code === undefined ? [] : [code]), ...again].join(' ');
    });
  const wish = () => {
    const action = hudhud.actions.sendMessage({ channelId: ids.general, content: 'hello' });
    mock.dispatch({ ...action, payload: { ...action.payload, opId } });
  };
  return { platform, server, hudhud, mock, told, wish, from };
}

describe('the actions of a send', () => {
  it('that works', async () => {
    const { platform, told, wish, mock, from } = await setUp((request) => {
      request.json({ success: true, message: sent(request) });
    });
    wish();
    expect(told()).toEqual(['outbox/sendRequested', 'outbox/started']);
    await platform.advance(60_000);
    expect(told()).toEqual([...['outbox/sendRequested', 'outbox/started', 'outbox/acknowledged']]);
    const all = (mock.getActions() as UnknownAction[]).slice(from);
    expect(all).toMatchObject([
      {
        type: 'outbox/sendRequested',
        payload: { opId, channelId: ids.general, at: startMs, parentId: null, content: 'hello' },
        meta: { hudhud: 'hudhud' },
      },
      { payload: { opId, viewerId: ids.me, ordinal: expect.any(Number), mayMatch: true } },
      {
        payload: {
          ...{ opId, deleted: null, oldestInFlight: null },
          message: { id: messageId(3), content: 'hello', metadata: { client_id: opId } },
        },
      },
    ]);
    // nothing of an answer but what was decoded, and no token
    expect(JSON.stringify(all)).not.toMatch(/hudhud\.test|t0k/);
  });

  it('that is refused for now, and then for good', async () => {
    let status = 429;
    const { platform, told, wish } = await setUp((request) => {
      refuse(status)(request);
      status = 403;
    });
    wish();
    await platform.advance(60_000);
    expect(told()).toEqual([
      ...['outbox/sendRequested', 'outbox/started', 'outbox/failed RATE_LIMITED again'],
      ...['outbox/started', 'outbox/failed FORBIDDEN for good'],
    ]);
  });

  it('that is in doubt, and found', async () => {
    const { platform, told, wish, server } = await setUp((request, rows) => {
      rows.push(sent(request));
      request.fail();
    });
    wish();
    await platform.advance(60_000);
    expect(told()).toEqual([
      ...['outbox/sendRequested', 'outbox/started', 'outbox/uncertain NETWORK'],
      ...['load/started', 'history/pageReceived', 'load/done'],
    ]);
    expect(server.requests.filter((request) => routeOf(request) === sendRoute)).toHaveLength(1);
  });

  it('that is in doubt, not found, and sent again', async () => {
    let tries = 0;
    const { platform, told, wish } = await setUp((request) => {
      tries += 1;
      if (tries === 1) request.fail();
      else request.json({ success: true, message: sent(request) });
    });
    wish();
    await platform.advance(60_000);
    expect(told()).toEqual([
      ...['outbox/sendRequested', 'outbox/started', 'outbox/uncertain NETWORK'],
      ...['load/started', 'history/pageReceived', 'load/done'],
      ...['outbox/lookEnded again', 'outbox/started', 'outbox/acknowledged'],
    ]);
  });

  it('and of a reaction whose echo does not come', async () => {
    const { platform, told, hudhud, mock } = await setUp(success);
    const target = { channelId: ids.general, target: messageId(1), emoji: '👍' };
    mock.dispatch(hudhud.actions.addReaction(target));
    await platform.advance(60_000);
    expect(told()).toEqual([
      ...['outbox/reactRequested', 'outbox/started', 'outbox/acknowledged', 'outbox/echoMissed'],
    ]);
  });
});
