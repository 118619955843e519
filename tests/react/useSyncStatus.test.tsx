import { describe, expect, it } from '@jest/globals';
import type { ReactElement } from 'react';
import { useEffect } from 'react';
import type { StorageView, SyncStatus } from '../../src';
import { useStorage, useSyncStatus } from '../../src/react';
import { createFakeOrigin } from '../../src/testing';
import { ids, messageFrame } from '../support/hudhudAnswers';
import { createHudhudWorld } from '../support/hudhudWorld';
import { pushIn, renderIn, settle } from '../support/rendering';
import { act } from '@testing-library/react';

function createProbe() {
  const seen: (readonly [SyncStatus, StorageView])[] = [];
  const Probe = (): ReactElement => {
    const sync = useSyncStatus(ids.general);
    const storage = useStorage();
    useEffect(() => {
      seen.push([sync, storage]);
    }, [sync, storage]);
    return <p>{sync.state}</p>;
  };
  return { Probe, seen };
}

describe('useSyncStatus and useStorage', () => {
  it('tell what is pending in a channel and whether the disk works, and render for nothing else', async () => {
    const world = createHudhudWorld({
      tab: createFakeOrigin().tab(),
      options: { persistence: {}, shareStream: false },
      routes: { 'POST /chat/messages': () => undefined },
    });
    const { Probe, seen } = createProbe();
    await renderIn(world, <Probe />);
    expect(seen.at(-1)).toEqual([
      { state: 'synced', pending: 0, failed: 0, isCached: false, cachedAt: null },
      { status: 'ready', code: null, lost: 0 },
    ]);
    const before = seen.length;
    await pushIn(world, messageFrame(1), messageFrame(2, { channelId: ids.random }));
    expect(seen).toHaveLength(before);
    const { actions } = world.hudhud;
    act(() => {
      world.store.dispatch(actions.sendMessage({ channelId: ids.general, content: 'hello' }));
    });
    await settle(world);
    expect(seen.at(-1)?.[0]).toMatchObject({ state: 'syncing', pending: 1 });
  });

  it('say that nothing is kept where nobody asked for it', async () => {
    const world = createHudhudWorld();
    const { Probe, seen } = createProbe();
    await renderIn(world, <Probe />);
    expect(seen.at(-1)?.[1]).toEqual({ status: 'off', code: null, lost: 0 });
  });
});
