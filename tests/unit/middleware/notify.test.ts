import { describe, expect, it, jest } from '@jest/globals';
import type { HudhudOptions, MessageFact } from '../../../src';
import { frame, ids, initFrame, messageFrame, messageId, row } from '../../support/hudhudAnswers';
import { createHudhudWorld, enter } from '../../support/hudhudWorld';

function setUp(options: Partial<HudhudOptions> = {}) {
  const onNotification = jest.fn<(message: MessageFact) => void>();
  const world = createHudhudWorld({
    options: { flags: { enableNotificationSounds: true }, onNotification, ...options },
  });
  return { world, onNotification, heard: () => onNotification.mock.calls.map(([{ id }]) => id) };
}

const copyFrame = (n: number) => {
  const { channel_id: channelId, ...rest } = row(n);
  return frame('broadcast', { action: 'new_message', channelId, ...rest });
};

describe('notifications', () => {
  it('are for new messages of others, each once, however often and by whatever name they are told', async () => {
    const { world, heard } = setUp();
    await enter(world);
    await world.push(initFrame(), messageFrame(1), copyFrame(1), copyFrame(2));
    await world.push(messageFrame(1), copyFrame(2));
    await world.push(
      messageFrame(3, { action: 'updated' }),
      messageFrame(4, { action: 'deleted' }),
    );
    expect(heard()).toEqual([messageId(1), messageId(2)]);
  });

  it("are not for one's own, even where the stream's first word says who one is", async () => {
    const { world, heard } = setUp({ tokens: { getToken: () => 'host-token' } });
    world.hudhud.start();
    await world.platform.settle();
    expect(world.hudhud.selectors.selectViewerId(world.store.getState())).toBeNull();
    await world.push(initFrame(), messageFrame(1, { user_id: ids.me }), messageFrame(2));
    expect(heard()).toEqual([messageId(2)]);
  });

  it('are off by default', async () => {
    const { world, heard } = setUp({ flags: {} });
    await enter(world);
    await world.push(initFrame(), messageFrame(1));
    expect(heard()).toEqual([]);
  });

  it('of a host that throws are counted, and the next one is told', async () => {
    const { world, onNotification } = setUp();
    onNotification.mockImplementation(() => {
      throw new Error('no sound');
    });
    await enter(world);
    await world.push(initFrame(), messageFrame(1), messageFrame(2));
    expect(onNotification).toHaveBeenCalledTimes(2);
    expect(world.hudhud.getStatus().counters.handlerErrors?.by).toEqual({ onNotification: 2 });
  });
});
