import { describe, expect, it } from '@jest/globals';
import type { ReactElement } from 'react';
import { useEffect } from 'react';
import type { ServerEvent } from '../../src';
import type { RealtimeContextValue } from '../../src/react';
import { useRealtime } from '../../src/react';
import {
  frame,
  ids,
  messageFrame,
  presenceFrame,
  startMs,
  typingFrame,
} from '../support/hudhudAnswers';
import { createHudhudWorld } from '../support/hudhudWorld';
import { pushIn, renderIn } from '../support/rendering';

function setUp() {
  const values: RealtimeContextValue[] = [];
  const events: ServerEvent[] = [];
  const Probe = (): ReactElement => {
    const value = useRealtime();
    useEffect(() => {
      values.push(value);
    }, [value]);
    const { subscribe, unsubscribe } = value;
    useEffect(() => {
      const handler = (event: ServerEvent) => {
        events.push(event);
      };
      subscribe('channel_message', handler);
      return () => {
        unsubscribe('channel_message', handler);
      };
    }, [subscribe, unsubscribe]);
    return <p>{value.onlineUsers.size}</p>;
  };
  const last = () => {
    const value = values.at(-1);
    if (value === undefined) throw new Error('Nothing was rendered.');
    return value;
  };
  return { world: createHudhudWorld(), Probe, values, events, last };
}

describe('useRealtime', () => {
  it("gives the guide's value: a Map of people with dates", async () => {
    const { world, Probe, last } = setUp();
    await renderIn(world, <Probe />);
    expect(last()).toMatchObject({ isConnected: true, connectionStatus: 'connected' });
    const lastSeen = new Date(startMs).toISOString();
    await pushIn(
      world,
      presenceFrame(ids.omar, { updates: { last_seen: lastSeen }, channelId: ids.general }),
      presenceFrame(ids.sara, { action: 'update', updates: { status: 'away' } }),
    );
    expect(last().onlineUsers).toEqual(
      new Map([
        [
          ids.omar,
          {
            userId: ids.omar,
            status: 'online',
            lastSeen: new Date(startMs),
            currentChannel: ids.general,
          },
        ],
        [ids.sara, { userId: ids.sara, status: 'away', lastSeen: null }],
      ]),
    );
    expect(last().onlineUsers.get(ids.omar)?.lastSeen).toBeInstanceOf(Date);
    await pushIn(world, presenceFrame(ids.omar, { action: 'leave' }));
    expect([...last().onlineUsers.keys()]).toEqual([ids.sara]);
  });

  it('is the same value until the connection or somebody’s presence changes', async () => {
    const { world, Probe, values } = setUp();
    await renderIn(world, <Probe />);
    const before = values.length;
    await pushIn(world, messageFrame(1), typingFrame(ids.omar), frame('ping', {}));
    expect(values).toHaveLength(before);
    await pushIn(world, presenceFrame(ids.omar));
    expect(values).toHaveLength(before + 1);
  });

  it('subscribes by type, and no longer after unmount', async () => {
    const { world, Probe, events } = setUp();
    const view = await renderIn(world, <Probe />, true);
    await pushIn(world, messageFrame(1), presenceFrame(ids.omar));
    expect(events.map(({ type }) => type)).toEqual(['channel_message']);
    view.rerender(<p />);
    world.hudhud.start();
    await pushIn(world, messageFrame(2));
    expect(events).toHaveLength(1);
    world.hudhud.stop();
  });
});
