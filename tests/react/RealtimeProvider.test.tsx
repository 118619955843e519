import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { act, render } from '@testing-library/react';
import type { ReactElement } from 'react';
import { Component, StrictMode } from 'react';
import type { ReactNode } from 'react';
import { Provider } from 'react-redux';
import type { Store } from '@reduxjs/toolkit';
import { isHudhudError } from '../../src';
import {
  RealtimeProvider,
  useConnectionStatus,
  useHudhud,
  useRealtimeMessages,
} from '../../src/react';
import { ids } from '../support/hudhudAnswers';
import { createHudhudWorld, streamRoute } from '../support/hudhudWorld';
import type { HudhudWorld } from '../support/hudhudWorld';
import { Around, renderIn, settle } from '../support/rendering';
import { nothingPending } from '../support/connectionSetup';

const Status = (): ReactElement => <p>{useConnectionStatus()}</p>;

/** Signed in by the host, so that streams open without a login. */
const hostWorld = (): HudhudWorld =>
  createHudhudWorld({ options: { tokens: { getToken: () => 't0k' } } });

describe('RealtimeProvider', () => {
  it('opens exactly one stream under StrictMode, and closes it on unmount', async () => {
    const world = createHudhudWorld();
    const view = await renderIn(world, <Status />, true);
    expect(view.container.textContent).toBe('connected');
    expect(world.asked(streamRoute)).toHaveLength(1);
    expect(world.streams.map((body) => body.isOpen())).toEqual([true]);
    view.unmount();
    await settle(world);
    expect(world.streams.map((body) => body.isOpen())).toEqual([false]);
    expect(world.platform.pending()).toEqual(nothingPending);
  });

  it('does not start what its host starts itself', async () => {
    const world = hostWorld();
    render(
      <Around world={world} autoStart={false}>
        <Status />
      </Around>,
    );
    await settle(world);
    expect(world.server.requests).toHaveLength(0);
  });

  it('lets one provider take over from another in one commit', async () => {
    const world = hostWorld();
    const page = (name: string) => (
      <Provider store={world.store as Store}>
        <RealtimeProvider key={name} hudhud={world.hudhud}>
          <Status />
        </RealtimeProvider>
      </Provider>
    );
    const view = render(page('one'));
    await settle(world);
    view.rerender(page('two'));
    await settle(world);
    expect(world.streams.map((body) => body.isOpen())).toEqual([true]);
    view.unmount();
    await settle(world);
    expect(world.server.openBodies()).toBe(0);
  });

  it('closes one instance and opens the other when it is given another', async () => {
    const [first, second] = [hostWorld(), hostWorld()];
    const page = (world: HudhudWorld) => (
      <StrictMode>
        <Provider store={world.store as Store}>
          <RealtimeProvider hudhud={world.hudhud}>{null}</RealtimeProvider>
        </Provider>
      </StrictMode>
    );
    const view = render(page(first));
    await settle(first);
    view.rerender(page(second));
    await settle(second);
    expect(first.streams.map((body) => body.isOpen())).toEqual([false]);
    expect(second.streams.map((body) => body.isOpen())).toEqual([true]);
    view.unmount();
    await settle(second);
    expect(second.server.openBodies()).toBe(0);
  });

  it('opens again after being away for longer than a moment', async () => {
    const world = hostWorld();
    const page = <Around world={world}>{null}</Around>;
    const view = render(page);
    await settle(world);
    view.rerender(<p>elsewhere</p>);
    await settle(world);
    expect(world.server.openBodies()).toBe(0);
    view.rerender(page);
    await settle(world);
    expect(world.server.openBodies()).toBe(1);
    view.unmount();
    await settle(world);
  });
});

class Boundary extends Component<{ readonly children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };
  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }
  override render(): ReactNode {
    const { error } = this.state;
    return isHudhudError(error) ? `${error.code}: ${error.message}` : this.props.children;
  }
}

describe('a hook outside of a provider', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  const Lonely = (): ReactElement => <p>{useHudhud().reducerPath}</p>;
  const LonelyList = (): ReactElement => <p>{useRealtimeMessages(ids.general).messages.length}</p>;

  it.each([
    ['useHudhud', <Lonely key="a" />],
    ['useConnectionStatus', <Status key="b" />],
    ['useRealtimeMessages', <LonelyList key="c" />],
  ])('%s: PROVIDER_MISSING, with the line to add', (_name, element) => {
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const { container } = render(<Boundary>{element}</Boundary>);
    expect(container.textContent).toMatch(/^PROVIDER_MISSING: .*<RealtimeProvider hudhud=/);
  });
});

describe('the guide: one connection status for the user', () => {
  it('follows the stream through a break', async () => {
    const world = createHudhudWorld();
    const view = await renderIn(world, <Status />);
    await act(async () => {
      world.stream().fail();
      await world.platform.settle();
    });
    expect(view.container.textContent).toBe('reconnecting');
    await act(() => world.platform.advance(2_000));
    expect(view.container.textContent).toBe('connected');
    await act(async () => {
      world.hudhud.stop();
      await world.platform.settle();
    });
    expect(view.container.textContent).toBe('disconnected');
  });
});
