import type { ReactElement, ReactNode } from 'react';
import { StrictMode } from 'react';
import { act, render } from '@testing-library/react';
import { Provider } from 'react-redux';
import type { Store } from '@reduxjs/toolkit';
import { RealtimeProvider } from '../../src/react';
import type { HudhudWorld } from './hudhudWorld';
import { initFrame } from './hudhudAnswers';

/** What a host puts around its components. */
export function Around({
  world,
  isStrict = false,
  autoStart = true,
  children,
}: {
  readonly world: HudhudWorld;
  readonly isStrict?: boolean;
  readonly autoStart?: boolean;
  readonly children: ReactNode;
}): ReactElement {
  const tree = (
    <Provider store={world.store as Store}>
      <RealtimeProvider hudhud={world.hudhud} autoStart={autoStart}>
        {children}
      </RealtimeProvider>
    </Provider>
  );
  return isStrict ? <StrictMode>{tree}</StrictMode> : tree;
}

/** Signs in, renders, and brings the stream up to its first word. */
export async function renderIn(world: HudhudWorld, children: ReactNode, isStrict = false) {
  const login = world.hudhud.auth.login({ username: 'lina', password: 'x' });
  await world.platform.settle();
  await login;
  const view = render(
    <Around world={world} isStrict={isStrict}>
      {children}
    </Around>,
  );
  await settle(world);
  await pushIn(world, initFrame());
  return view;
}

export async function settle(world: HudhudWorld): Promise<void> {
  await act(() => world.platform.settle());
}

export async function pushIn(world: HudhudWorld, ...frames: readonly string[]): Promise<void> {
  await act(() => world.push(...frames));
}
