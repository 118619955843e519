import { describe, expect, it } from '@jest/globals';
import type { Correlate } from '../../../src';
import { messageFrame, row } from '../../support/hudhudAnswers';
import { createOutboxWorld } from '../../support/outboxWorld';

describe('correlate', () => {
  it('that throws finds nothing and is counted; what came is not lost', async () => {
    const world = await createOutboxWorld({
      correlate: () => {
        throw new Error('not for me');
      },
    });
    world.fate = () => 'held';
    world.send('mine');
    await world.platform.settle();
    await world.push(messageFrame(9, { content: 'theirs' }));
    expect(world.texts()).toContain('theirs');
    world.finish(world.writes().at(-1));
    await world.platform.settle();
    expect(world.statuses()).toEqual([]);
    expect(world.texts().filter((text) => text === 'mine')).toHaveLength(1);
    const { handlerErrors } = world.hudhud.getStatus().counters;
    expect(handlerErrors?.by).toEqual({ correlate: handlerErrors?.total });
  });

  it('that gives something else than a text or null finds nothing', async () => {
    const world = await createOutboxWorld({ correlate: (() => undefined) as unknown as Correlate });
    world.fate = () => 'held';
    const opId = world.send('mine');
    await world.platform.settle();
    await world.push(messageFrame(3, row(3, { user_id: undefined })));
    expect(world.operations()).toMatchObject([{ opId }]);
    expect(world.hudhud.getStatus().counters.handlerErrors).toBeUndefined();
  });
});
