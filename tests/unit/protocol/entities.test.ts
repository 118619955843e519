import { describe, expect, it } from '@jest/globals';

import { toEntities } from '../../../src/protocol/entities';
import { frozen } from '../../support/frozen';

const user = (id: string, more: object = {}) => ({ id, ...more });

describe('toEntities', () => {
  it('takes people out and leaves their ids', () => {
    const tree = {
      messages: [
        { id: 'm2', userId: user('u1', { username: 'omar', avatarUrl: '/old.png' }) },
        { id: 'm1', userId: null },
        { id: 'm3', userId: 'u9' },
        { id: 'm4' },
      ],
      members: [{ userId: user('u1', { avatarUrl: '/new.png' }), role: 'admin', joinedAt: null }],
    };
    expect(toEntities(frozen(tree))).toStrictEqual({
      messages: [
        { id: 'm2', userId: 'u1' },
        { id: 'm1', userId: null },
        { id: 'm3', userId: 'u9' },
        { id: 'm4' },
      ],
      members: [{ userId: 'u1', role: 'admin', joinedAt: null }],
      channels: [],
      users: [{ id: 'u1', username: 'omar', avatarUrl: '/new.png' }],
    });
  });

  it('keeps the order of the answer, for ids like numbers too', () => {
    const channels = [{ id: 'b' }, { id: '2' }, { id: '1' }, { id: 'a' }];
    expect(toEntities(frozen({ channels })).channels).toEqual(channels);
  });

  it('makes one of two rows, the later field winning', () => {
    const channels = [
      { id: 'c1', name: 'old', unreadCount: 2 },
      { id: 'c2' },
      { id: 'c1', name: 'new', memberCount: 3 },
    ];
    const members = [
      { userId: 'u1', role: 'member' },
      { userId: user('u1'), joinedAt: 5 },
    ];
    expect(toEntities(frozen({ channels, members }))).toMatchObject({
      channels: [{ id: 'c1', name: 'new', unreadCount: 2, memberCount: 3 }, { id: 'c2' }],
      members: [{ userId: 'u1', role: 'member', joinedAt: 5 }],
    });
  });

  it('is empty for nothing', () => {
    const nothing = { messages: [], members: [], channels: [], users: [] };
    expect(toEntities({})).toStrictEqual(nothing);
    expect(toEntities({ messages: undefined })).toStrictEqual(nothing);
  });
});
