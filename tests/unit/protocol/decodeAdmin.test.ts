import { describe, expect, it } from '@jest/globals';
import { decodeAccounts, decodeStatistics } from '../../../src/protocol/decodeAdmin';

describe('the accounts that an admin sees', () => {
  it('have their role and whether they may be used', () => {
    const users = [
      { id: 'u1', username: 'lina', role: 'admin', status: 'active', createdAt: '2025-08-01' },
      { user_id: 'u2', username: 'omar', role: 'member', status: 'banned', last_seen: null },
      // a presence is none of that
      { id: 'u3', username: 'sara', status: 'online' },
    ];
    expect(decodeAccounts({ success: true, data: { users } })).toEqual({
      accounts: [
        {
          ...{ id: 'u1', username: 'lina', role: 'admin', accountStatus: 'active' },
          createdAt: Date.UTC(2025, 7, 1),
        },
        {
          ...{ id: 'u2', username: 'omar', role: 'member', accountStatus: 'banned' },
          lastSeen: null,
        },
        { id: 'u3', username: 'sara', status: 'online' },
      ],
      rejected: [],
    });
  });

  it('leave out what cannot be one, and say so', () => {
    const users = [{ id: '__proto__' }, 7, { id: 'u1', created_at: 'yesterday' }];
    const { accounts, rejected } = decodeAccounts({ success: true, users });
    expect(accounts).toEqual([]);
    expect(rejected.map(({ reason, path }) => [reason, path])).toEqual([
      ['hostile_id', 'users.0.id'],
      ['not_an_object', 'users.1'],
      ['invalid_field', 'users.2.createdAt'],
    ]);
  });
});

describe('the statistics', () => {
  it('are kept as they come, as plain JSON', () => {
    expect(decodeStatistics({ success: true, data: { users: 3, by: { day: [1, 2] } } })).toEqual({
      ...{ users: 3, by: { day: [1, 2] } },
    });
  });
});
