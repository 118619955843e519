import { describe, expect, it } from '@jest/globals';
import type { Middleware, MiddlewareAPI, ThunkDispatch, UnknownAction } from '@reduxjs/toolkit';
import { combineReducers } from '@reduxjs/toolkit';
import configureMockStore from 'redux-mock-store';
import type { HudhudStoreState } from '../../../src';
import { createHudhud } from '../../../src';
import type { ScriptedRequest } from '../../../src/testing';
import { createFakePlatform, createScriptedServer } from '../../../src/testing';
import { frozen } from '../../support/frozen';
import { ids, messageId, refuse, row, snapshotAnswer, startMs } from '../../support/hudhudAnswers';
import { routeOf, streamRoute } from '../../support/hudhudWorld';

/** As `redux-thunk` does it. */
const thunk: Middleware<object, unknown> = (api) => (next) => (action) =>
  typeof action === 'function' ? call(action, api) : next(action);

function call(action: unknown, api: MiddlewareAPI): unknown {
  const getState = (): unknown => api.getState();
  return (action as (...args: unknown[]) => unknown)(api.dispatch, getState);
}

/** The middleware over a store that records; its state is what the reducers make of what was recorded. */
function setUp(answer: (request: ScriptedRequest) => void) {
  const server = createScriptedServer((request) => {
    if (routeOf(request) === streamRoute) request.stream();
    else answer(request);
  });
  const platform = createFakePlatform({ fetch: server.fetch });
  const hudhud = createHudhud({
    baseUrl: 'https://hudhud.test/api',
    platform,
    tokens: { getToken: () => 't0k' },
  });
  const reducer = combineReducers({ hudhud: hudhud.reducer, hudhudApi: hudhud.api.reducer });
  let state = frozen(reducer(undefined, { type: 'start' }));
  let read = 0;
  const stateAfter = (actions: readonly UnknownAction[]) => {
    for (const action of actions.slice(read)) state = frozen(reducer(state, action));
    read = actions.length;
    return state;
  };
  type Thunks = ThunkDispatch<HudhudStoreState, undefined, UnknownAction>;
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- advised against for reducers; here actions are the subject
  const mock = configureMockStore<unknown, Thunks>([hudhud.middleware, thunk])((actions: unknown) =>
    stateAfter(actions as UnknownAction[]),
  );
  const told = () =>
    (mock.getActions() as UnknownAction[]).filter(
      ({ type }) => !/middlewareRegistered|subscriptions/.test(type),
    );
  return { platform, server, hudhud, mock, told };
}

const arg = { channelId: ids.general };

describe('the actions of a query', () => {
  it('that reads a page: asked for, known, answered', async () => {
    const { platform, hudhud, mock, told } = setUp((request) => {
      request.json({ success: true, messages: [row(1), row(2)], has_more: true });
    });
    void mock.dispatch(hudhud.api.endpoints.messages.initiate(arg));
    await platform.settle();
    const at = (n: number) => startMs - 3_600_000 + n * 1_000;
    expect(told()).toMatchObject([
      {
        type: 'hudhudApi/executeQuery/pending',
        meta: { arg: { endpointName: 'messages', originalArgs: arg } },
      },
      {
        type: 'history/pageReceived',
        payload: {
          ...{ channelId: ids.general, parentId: null },
          messages: [{ id: messageId(1) }, { id: messageId(2) }],
          // without a stream nothing is claimed of now, with more nothing of before
          range: { from: at(1), to: at(2) },
          ...{ asOf: 1, absentBefore: 1, oldestInFlight: null },
        },
        meta: { hudhud: 'hudhud' },
      },
      {
        type: 'hudhudApi/executeQuery/fulfilled',
        payload: {
          pages: [
            {
              ids: [messageId(1), messageId(2)],
              ...{ hasOlder: true, oldestAt: at(1), newestAt: at(2) },
              ...{ atOldest: [messageId(1)], atNewest: [messageId(1), messageId(2)] },
            },
          ],
          pageParams: [{ side: 'newest' }],
        },
      },
    ]);
    expect(told()).toHaveLength(3);
    // a recorder has every fact once, and no token
    const [pending, , fulfilled] = told();
    expect(JSON.stringify([pending, fulfilled])).not.toContain('message 1');
    expect(JSON.stringify(mock.getActions())).not.toContain('t0k');
  });

  it('that reads a workspace', async () => {
    const { platform, hudhud, mock, told } = setUp((request) => {
      request.json(snapshotAnswer());
    });
    const where = { projectSlug: 'hudhud', channelSlug: 'general' };
    void mock.dispatch(hudhud.api.endpoints.workspace.initiate(where));
    await platform.settle();
    expect(told().map(({ type }) => type)).toEqual([
      'hudhudApi/executeQuery/pending',
      'history/snapshotApplied',
      'hudhudApi/executeQuery/fulfilled',
    ]);
  });

  it('that fails: nothing is learned', async () => {
    const { platform, hudhud, mock, told } = setUp(refuse(403));
    void mock.dispatch(hudhud.api.endpoints.messages.initiate(arg));
    await platform.settle();
    expect(told()).toMatchObject([
      { type: 'hudhudApi/executeQuery/pending' },
      {
        type: 'hudhudApi/executeQuery/rejected',
        payload: { code: 'FORBIDDEN', status: 403 },
      },
    ]);
    expect(told()).toHaveLength(2);
  });
});
