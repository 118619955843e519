import { describe, expect, it } from '@jest/globals';
import type { UnknownAction } from '@reduxjs/toolkit';

import { createSelectors } from '../../../src/selectors/createSelectors';
import type { HudhudState } from '../../../src/state/rootReducer';
import { createRootReducer } from '../../../src/state/rootReducer';
import {
  channelOf,
  connection,
  created,
  deleted,
  design,
  general,
  heard,
  minute,
  omar,
  snapshot,
} from '../../support/exampleData';
import { frozen } from '../../support/frozen';

const reduce = createRootReducer('hudhud');
const fold = (...actions: readonly UnknownAction[]): { readonly hudhud: HudhudState } => ({
  hudhud: frozen(actions.reduce(reduce, reduce(undefined, { type: 'start' }))),
});
const select = createSelectors();
const lastMessage = {
  ...{ id: 'm1', content: 'كل شيء جاهز', userId: omar, username: 'omar', createdAt: minute(5) },
};
const open = connection('open');
const workspace = snapshot(1, { channels: [channelOf(general, { lastMessage })] });

describe('channels', () => {
  it('are found by id and by slug, and the project and the current one by themselves', () => {
    const root = fold(snapshot(1));
    expect(select.selectChannels(root)).toHaveLength(2);
    expect(select.selectChannel(root, design)?.slug).toBe('design');
    expect(select.selectChannelBySlug(root, 'design')?.id).toBe(design);
    expect(select.selectCurrentChannelId(root)).toBe(general);
    expect(select.selectProject(root)?.name).toBe('Hudhud');
  });

  it('that are not known are null', () => {
    const root = fold();
    expect(select.selectChannel(root, general)).toBeNull();
    expect(select.selectChannelBySlug(root, 'constructor')).toBeNull();
    expect(select.selectProject(root)).toBeNull();
  });
});

describe('selectChannelPreview', () => {
  const preview = (...actions: readonly UnknownAction[]) =>
    select.selectChannelPreview(fold(open, ...actions), general);

  it('is what the server listed while nothing newer is held', () => {
    expect(preview(workspace)).toEqual(lastMessage);
    expect(preview(workspace, heard(5, created('m0')))).toEqual(lastMessage);
  });

  it('is the newest message held, for channels that nobody looks at too (D14)', () => {
    const newer = created('m2', { createdAt: minute(9), content: 'Lunch?' });
    expect(preview(workspace, heard(5, newer))).toMatchObject({ id: 'm2', content: 'Lunch?' });
    expect(preview(heard(5, newer))).toMatchObject({ id: 'm2' });
  });

  it('is never a deleted message, known or not (L2)', () => {
    expect(preview(workspace, heard(5, deleted('m1')))).toBeNull();
    const known = heard(5, created('m0'), created('m1', { createdAt: minute(5) }), deleted('m1'));
    expect(preview(workspace, known)).toMatchObject({ id: 'm0' });
    const homeless = { type: 'message', op: 'delete', message: { id: 'm1' } } as const;
    expect(preview(workspace, heard(5, homeless))).toBeNull();
  });

  it('is null where nothing is known', () => {
    expect(preview()).toBeNull();
  });

  it('stays the same while its message does', () => {
    const root = fold(open, heard(5, created('m1')));
    const next = { hudhud: reduce(root.hudhud, heard(6, created('m0', { createdAt: minute(0) }))) };
    expect(select.selectChannelPreview(next, general)).toBe(
      select.selectChannelPreview(root, general),
    );
  });
});
