import { describe, expect, it } from '@jest/globals';

import {
  decodeLogin,
  decodeMe,
  decodeRefresh,
  decodeStreamStatus,
} from '../../../src/protocol/decodeAuth';
import { thrownBy } from '../../support/decoding';
import { frozen } from '../../support/frozen';

const user = {
  id: 'u1',
  email: 'lina@hudhud.example',
  username: 'lina',
  fullName: 'Lina',
  avatarUrl: null,
  role: 'admin',
  status: 'active',
  lastSeen: '2025-09-01T08:00:00.000Z',
};
const fact = {
  id: 'u1',
  email: 'lina@hudhud.example',
  username: 'lina',
  fullName: 'Lina',
  avatarUrl: null,
  lastSeen: Date.parse('2025-09-01T08:00:00.000Z'),
  role: 'admin',
};

describe('decodeLogin', () => {
  it.each([
    ['flat', { success: true, user, tokens: { accessToken: 'a.b.c', expiresIn: 900 } }],
    [
      'wrapped',
      { success: true, data: { user, tokens: { accessToken: 'a.b.c', expiresIn: '900' } } },
    ],
    ['without tokens', { success: true, user, accessToken: 'a.b.c', expiresIn: 900 }],
    ['snake_case', { user, tokens: { access_token: 'a.b.c', expires_in: 900 } }],
  ])('reads the envelope: %s', (_name, body) => {
    expect(decodeLogin(frozen(body))).toStrictEqual({
      user: fact,
      accessToken: 'a.b.c',
      expiresInMs: 900_000,
    });
  });

  it.each([
    ['user.id', { user: {}, tokens: { accessToken: 'a' } }],
    ['accessToken', { user, tokens: {} }],
    ['accessToken', { user, tokens: { accessToken: '' } }],
    ['accessToken', { user, tokens: { accessToken: 7 } }],
  ])('throws without a usable %s', (field, body) => {
    expect(thrownBy(() => decodeLogin(frozen(body)))).toMatchObject({
      code: 'BAD_RESPONSE',
      data: { field },
    });
  });

  it('quotes no token in its errors', () => {
    const body = { user: { id: 7 }, tokens: { accessToken: 'planted' } };
    expect(() => decodeLogin(frozen(body))).not.toThrow('planted');
    expect(() => decodeLogin(frozen(body))).toThrow('hostile_id at user.id');
  });
});

describe('decodeRefresh', () => {
  it.each([
    [{ success: true, accessToken: 'a', expiresIn: 900 }, 900_000],
    [{ success: true, accessToken: 'a' }, null],
    [{ success: true, accessToken: 'a', expiresIn: '15m' }, null],
    [{ success: true, data: { tokens: { accessToken: 'a', expiresIn: 1 } } }, 1000],
  ])('reads %p', (body, expiresInMs) => {
    expect(decodeRefresh(frozen(body))).toStrictEqual({ accessToken: 'a', expiresInMs });
  });
});

describe('decodeMe', () => {
  it.each([{ user }, { data: { user } }, { data: user }])('reads %p', (body) => {
    expect(decodeMe(frozen(body))).toStrictEqual(fact);
  });
});

describe('decodeStreamStatus', () => {
  it('takes what comes, as plain JSON', () => {
    const body: unknown = JSON.parse('{"status":"ok","__proto__":{"x":1},"load":1e999}');
    expect(decodeStreamStatus(frozen(body))).toStrictEqual({ status: 'ok', load: null });
    expect(() => decodeStreamStatus(null)).toThrow('no JSON object');
  });
});
