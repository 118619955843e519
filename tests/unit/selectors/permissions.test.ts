import { describe, expect, it } from '@jest/globals';

import type { Judged } from '../../../src/selectors/permissions';
import { rightsOf } from '../../../src/selectors/permissions';
import { createSelectors } from '../../../src/selectors/createSelectors';
import { membersReceived } from '../../../src/actions/history';
import { sessionStarted } from '../../../src/actions/session';
import { sessionInitialised } from '../../../src/actions/stream';
import {
  asked,
  channelOf,
  channelsHeard,
  connection,
  created,
  general,
  heard,
  lina,
  omar,
  salma,
  snapshot,
} from '../../support/exampleData';
import { after, rootOf } from '../../support/roots';

const theirs: Judged = {
  ...{ id: 'm1', authorId: omar, type: 'text', parentId: null, isDeleted: false },
};
const own: Judged = { ...theirs, authorId: lina };
const member = { id: lina, role: 'member' };

type Viewer = Parameters<typeof rightsOf>[0];

describe('rightsOf', () => {
  it.each<[string, Viewer, Judged, string]>([
    ['own', member, own, 'edit delete react reply'],
    ['of others', member, theirs, 'react reply'],
    ['of others, to a moderator', { id: lina, role: 'moderator' }, theirs, 'delete react reply'],
    ['of others, to an admin', { id: lina, role: 'admin' }, theirs, 'delete react reply'],
    ['of others, to who knows whom', { id: lina, role: null }, theirs, 'react reply'],
    ['a reply', member, { ...own, parentId: 'm0' }, 'edit delete react'],
    ['a notice', { id: lina, role: 'admin' }, { ...own, type: 'system' }, 'react reply'],
    ['a deleted one', { id: lina, role: 'admin' }, { ...own, isDeleted: true }, ''],
    ['one on its way', member, { ...own, id: null }, 'edit delete'],
    ['anything, to nobody', { id: null, role: null }, { ...own, authorId: null }, ''],
  ])('%s', (_name, viewer, row, expected) => {
    const rights = rightsOf(viewer, row);
    const names = { canEdit: 'edit', canDelete: 'delete', canReact: 'react', canReply: 'reply' };
    const given = (Object.keys(names) as (keyof typeof names)[]).filter((key) => rights[key]);
    expect(given.map((key) => names[key]).join(' ')).toBe(expected);
  });
});

describe('the viewers role', () => {
  const select = createSelectors();
  const start = [
    ...[connection('open'), sessionStarted({ user: { id: lina, username: 'lina' } })],
    heard(1, created('m1')),
  ];
  const canDelete = (root: ReturnType<typeof rootOf>) =>
    select.selectTimeline(root, general)[0]?.canDelete;
  const mods = [{ userId: omar }, { userId: lina, role: 'moderator' }];
  const project = { projectId: 'p1' };

  it('is what the account says, whatever the channel or the project do', () => {
    const channels = [channelOf(general, { ...project, userRole: 'admin' })];
    const said = snapshot(2, { channels, members: mods });
    const as = (role: string) => sessionStarted({ user: { id: lina, username: 'lina', role } });
    expect(canDelete(rootOf(...start, said, as('member')))).toBe(false);
    expect(canDelete(rootOf(...start, as('moderator')))).toBe(true);
    const member = snapshot(2, { channels: [channelOf(general, { userRole: 'member' })] });
    expect(canDelete(rootOf(...start, as('moderator'), member))).toBe(true);
    // the stream's word on who is looking says no role, and takes none
    const at = { stream: 'main', epoch: 1, ordinal: 9 } as const;
    const told = { ...at, channelIds: [general] };
    const init = sessionInitialised({ ...told, userId: lina, username: 'lina' });
    expect(canDelete(rootOf(...start, as('moderator'), init))).toBe(true);
    const other = sessionInitialised({ ...told, userId: salma, username: 'salma' });
    expect(canDelete(rootOf(...start, as('moderator'), other))).toBe(false);
  });

  it('where the account says none, is what the project says, else the channel, else its members', () => {
    expect(canDelete(rootOf(...start))).toBe(false);
    const said = snapshot(2, { channels: [channelOf(general, { userRole: 'admin' })] });
    expect(canDelete(rootOf(...start, said))).toBe(true);
    const listed = membersReceived({
      ...asked(3),
      ...{ channelId: general, members: mods, users: [] },
    });
    expect(canDelete(rootOf(...start, listed))).toBe(true);
    const channels = [channelOf(general, project)];
    expect(canDelete(rootOf(...start, snapshot(2, { channels, members: mods })))).toBe(true);
    const member = [channelOf(general, { ...project, userRole: 'member' })];
    expect(canDelete(rootOf(...start, snapshot(2, { channels: member, members: mods })))).toBe(
      true,
    );
    const maker = [channelOf(general, { ...project, userRole: 'admin' })];
    const members = [{ userId: lina, role: 'member' }];
    expect(canDelete(rootOf(...start, snapshot(2, { channels: maker, members })))).toBe(false);
    const unlisted = snapshot(2, { channels: [channelOf(general, { userRole: 'member' })] });
    expect(canDelete(rootOf(...start, listed, unlisted))).toBe(false);
  });

  it('changes what is shown when it changes', () => {
    const root = rootOf(...start);
    expect(canDelete(root)).toBe(false);
    const joined = { type: 'channel_event', op: 'memberJoined', channelId: general } as const;
    const next = after(root, channelsHeard(5, { ...joined, userId: lina, role: 'admin' }));
    expect(canDelete(next)).toBe(true);
  });
});
