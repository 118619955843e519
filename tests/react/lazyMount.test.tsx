import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Store, WithSlice } from '@reduxjs/toolkit';
import { combineSlices, configureStore } from '@reduxjs/toolkit';
import { act, cleanup, render, screen } from '@testing-library/react';
import type { ReactElement } from 'react';
import { Provider } from 'react-redux';
import type { HudhudApi, HudhudState } from '../../src';
import { createHudhud } from '../../src';
import {
  RealtimeProvider,
  useChannels,
  useConnectionStatus,
  useUnreadQuery,
} from '../../src/react';
import { createFakePlatform, createScriptedServer } from '../../src/testing';
import { routeOf } from '../support/hudhudWorld';

interface LazySlices extends WithSlice<HudhudApi> {
  readonly hudhud: HudhudState;
}

function createLazyStore() {
  const server = createScriptedServer((request) => {
    if (routeOf(request) === 'GET /chat/messages/unread/count') {
      request.json({ success: true, data: { total: 3, channels: {} } });
    } else request.stream();
  });
  const platform = createFakePlatform({ fetch: server.fetch });
  const tokens = { getToken: () => 't0k' };
  const hudhud = createHudhud({ baseUrl: '/api', platform, tokens });
  const reducer = combineSlices({
    theme: (theme = 'light') => theme as string,
  }).withLazyLoadedSlices<LazySlices>();
  const store = configureStore({
    reducer,
    middleware: (getDefault) => getDefault().prepend(hudhud.middleware),
    enhancers: (getDefault) => getDefault({ autoBatch: { type: 'tick' } }),
  });
  const show = (child: ReactElement) =>
    render(
      <Provider store={store as Store}>
        <RealtimeProvider hudhud={hudhud}>{child}</RealtimeProvider>
      </Provider>,
    );
  return { store, hudhud, reducer, server, platform, show };
}

const Reading = (): ReactElement => (
  <p>
    {useConnectionStatus()} {useChannels().length}
  </p>
);

function Asking(): ReactElement {
  return <p>{useUnreadQuery().isSuccess ? 'answered' : 'asking'}</p>;
}

describe('hooks in a store into which the layer comes later', () => {
  beforeEach(() => {
    // React tells of what a component throws
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
  });
  afterEach(cleanup);

  it('name the reducer that is missing, and work once it is there', async () => {
    const { store, hudhud, reducer, server, platform, show } = createLazyStore();
    const missing = expect.objectContaining({ code: 'NOT_MOUNTED' });
    expect(() => show(<Reading />)).toThrow(missing);
    reducer.inject({ reducerPath: 'hudhud', reducer: hudhud.reducer });
    store.dispatch({ type: 'chat/opened' });
    expect(() => show(<Asking />)).toThrow(missing);
    await act(() => platform.settle());
    expect(server.openBodies()).toBe(0);

    reducer.inject(hudhud.api);
    store.dispatch({ type: 'chat/opened' });
    show(
      <>
        <Reading />
        <Asking />
      </>,
    );
    await act(() => platform.advance(20));
    expect(screen.getByText('connected 0')).toBeTruthy();
    expect(screen.getByText('answered')).toBeTruthy();
    act(() => void store.dispatch(hudhud.api.util.resetApiState()));
  });
});
