import { describe, expect, it } from '@jest/globals';
import { editedFrame, loadedHost, messagesIn, textsIn } from '../support/hostWorld';
import { ids, messageFrame, messageId, row } from '../support/hudhudAnswers';

describe('a cached answer is made anew by everything that changes it', () => {
  it('a reply that comes after the stream has settled its wish', async () => {
    const world = await loadedHost(row(1, { user_id: ids.me }));
    const { hudhud, store, platform, layerRequests } = world;
    const target = messageId(1);
    store.dispatch(hudhud.actions.editMessage({ channelId: ids.general, target, content: 'wish' }));
    await platform.settle();
    await world.push(editedFrame(target, 'wish', '2025-09-01T09:00:00.000Z'));
    expect(messagesIn(world)).toMatchObject([{ content: 'wish' }]);
    // the same person has edited it elsewhere since
    const edited_at = '2025-09-01T09:00:01.000Z';
    layerRequests.at(-1)?.json({
      success: true,
      message: row(1, { user_id: ids.me, content: 'said elsewhere', edited_at }),
    });
    await platform.settle();
    expect(textsIn(world)).toEqual(['said elsewhere']);
    expect(hudhud.checkCaches()).toEqual([]);
  });

  it('the name of somebody who wrote, learned from another answer', async () => {
    const world = await loadedHost(row(1));
    const { api, hudhud, store, platform } = world;
    await world.push(messageFrame(2, { user_id: ids.sara, username: 'sara' }));
    expect(messagesIn(world)[1]).toMatchObject({ username: 'sara', full_name: null });
    void store.dispatch(api.endpoints.getMembers.initiate(ids.general));
    await platform.settle();
    const sara = { user_id: ids.sara, username: 'sara', full_name: 'Sara Q', role: 'member' };
    await world.asked('getMembers').answer({ members: [sara] });
    expect(messagesIn(world)[1]).toMatchObject({ username: 'sara', full_name: 'Sara Q' });
    expect(hudhud.checkCaches()).toEqual([]);
  });
});
